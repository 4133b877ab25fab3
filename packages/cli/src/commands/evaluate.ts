import { evaluate } from '@crossmodal/metrics';
import { checkHeader } from '../data/check-header.js';
import { checkLabelCount } from '../data/check-label-count.js';
import { fileReader } from '../data/file-reader.js';
import { loadLabels } from '../data/load-labels.js';
import type { Io } from '../io.js';
import { scoresText } from '../output/summary-text.js';

/** Arguments of `crossmodal evaluate`. */
export interface EvaluateArguments {
  readonly labels: string;
  readonly predicted: string;
  readonly json?: boolean;
}

/** `crossmodal evaluate`: scores one labelling against another. */
export async function evaluateCommand(args: EvaluateArguments, io: Io): Promise<void> {
  const files = fileReader();
  const truth = await loadLabels('--labels', args.labels, files);
  const predicted = await loadLabels('--predicted', args.predicted, files);
  const [more, fewer] =
    truth.length > predicted.length ? (['labels', 'predicted'] as const) : (['predicted', 'labels'] as const);
  const lists = { labels: truth, predicted };
  checkLabelCount(`--${more}`, lists[more], lists[fewer].length, `as many as --${fewer} has`);
  checkHeader('--labels', args.labels, truth, predicted);
  checkHeader('--predicted', args.predicted, predicted, truth);
  const scores = evaluate(truth, predicted);
  io.stdout.write(
    args.json ? `${JSON.stringify(scores)}\n` : `${scoresText([[`${truth.length} objects`, scores]])}\n`,
  );
}
