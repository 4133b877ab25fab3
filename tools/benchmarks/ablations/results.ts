import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** One run of one variant. */
export interface Result {
  readonly study: string;
  readonly variant: string;
  readonly set: string;
  readonly seed: number;
  readonly acc: number;
  readonly nmi: number;
  readonly seconds: number;
}

/** Results of earlier runs, one JSON object a line. */
export function readResults<Row extends Result = Result>(path: string): Row[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

/** Adds one line. */
export function appendResult(path: string, result: Result): void {
  appendFileSync(path, `${JSON.stringify(result)}\n`);
}

/** A Markdown table of a study: a row a variant, a column a set, `ACC ± deviation / NMI ± deviation` over the seeds. */
export function studyTable(results: readonly Result[], study: string): string {
  const own = results.filter((result) => result.study === study);
  const sets = [...new Set(own.map(({ set }) => set))];
  const variants = [...new Set(own.map(({ variant }) => variant))];
  const lines = [`| ${study} | ${sets.join(' | ')} |`, `|---|${sets.map(() => '---|').join('')}`];
  for (const variant of variants) {
    const cells = sets.map((set) => {
      const runs = own.filter((run) => run.variant === variant && run.set === set);
      if (runs.length === 0) return '';
      return `${spread(runs.map(({ acc }) => acc))} / ${spread(runs.map(({ nmi }) => nmi))}`;
    });
    lines.push(`| ${variant} | ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}

/** `mean ± standard deviation`. */
export function spread(values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return `${mean.toFixed(3)} ± ${Math.sqrt(variance).toFixed(3)}`;
}
