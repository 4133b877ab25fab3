import { evaluate } from '@crossmodal/metrics';
import { fileReader } from '../data/file-reader.js';
import { parseLabelSpec, type LabelSpec } from '../data/grammar/label-spec.js';
import { checkHeader } from '../data/labels/check-header.js';
import { checkLabelCount } from '../data/labels/check-label-count.js';
import { loadLabels } from '../data/labels/load-labels.js';
import type { Io } from '../io.js';
import { scoresText } from '../output/summary-text.js';

/** Arguments of `crossmodal evaluate`. */
export interface EvaluateArguments {
  readonly labels: string;
  readonly predicted: string;
  readonly json?: boolean;
}

interface LabelSource {
  readonly where: string;
  readonly spec: LabelSpec;
}

/** `crossmodal evaluate`: scores one labelling against another. */
export async function evaluateCommand(args: EvaluateArguments, io: Io): Promise<void> {
  const options = ['labels', 'predicted'] as const;
  const [left, right] = options.map((option) => ({
    where: `--${option} '${args[option]}'`,
    spec: parseLabelSpec(`--${option}`, args[option]),
  })) as [LabelSource, LabelSource];
  const files = fileReader([left.spec, right.spec], [], io);
  const truth = await loadLabels(left.where, left.spec, files);
  const predicted = await loadLabels(right.where, right.spec, files);
  const [more, fewer] =
    truth.length > predicted.length ? (['labels', 'predicted'] as const) : (['predicted', 'labels'] as const);
  const lists = { labels: truth, predicted };
  checkLabelCount(`--${more}`, lists[more], lists[fewer].length, `as many as --${fewer} has`);
  checkHeader(left.where, left.spec, truth, predicted);
  checkHeader(right.where, right.spec, predicted, truth);
  const scores = evaluate(truth, predicted);
  io.stdout.write(
    args.json ? `${JSON.stringify(scores)}\n` : `${scoresText([[`${truth.length} objects`, scores]])}\n`,
  );
}
