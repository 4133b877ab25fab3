import type { Comparison } from '../ablations/comparison.js';
import { spread } from '../ablations/results.js';
import { comparedWithDefault, type AttributionResult } from './table.js';

/** What a table of one method shows. */
export interface WorthChoice {
  readonly comparison: Comparison;
  /** Names of variants; undefined for all. */
  readonly chosen: ReadonlySet<string> | undefined;
}

/**
 * A Markdown table of one method, its sets side by side: a row per variant, ACC and NMI as means ± standard deviation over seeds, and the difference of the
 * mean ACC to the default; a dash where a set has no such run.
 */
export function worthTable(
  results: readonly AttributionResult[],
  { comparison: { name: method, variants }, chosen }: WorthChoice,
): string {
  const own = results.filter(({ study }) => study === method);
  const sets = [...new Set(own.map(({ set }) => set))];
  const header = ['variant', 'runs', ...sets.flatMap((set) => [`${set}: ACC / NMI`, 'difference'])];
  const rows = variants
    .filter(({ name }) => chosen === undefined || chosen.has(name))
    .map(({ name }) => {
      const runs = Math.max(
        ...sets.map((set) => own.filter((r) => r.variant === name && r.set === set).length),
      );
      const cells = sets.flatMap((set) =>
        cellsOf(
          own.filter((result) => result.set === set),
          name,
        ),
      );
      return { runs, line: [name, String(runs), ...cells] };
    })
    .filter(({ runs }) => runs > 0)
    .map(({ line }) => line);
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellsOf(ofSet: readonly AttributionResult[], variant: string): string[] {
  const runs = ofSet.filter((result) => result.variant === variant);
  if (runs.length === 0) return ['–', '–'];
  const acc = spread(runs.map(({ acc: value }) => value));
  const nmi = spread(runs.map(({ nmi: value }) => value));
  return [`${acc} / ${nmi}`, comparedWithDefault(runs, ofSet).difference];
}
