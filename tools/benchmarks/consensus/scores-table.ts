/** ACC and NMI. */
export type Score = readonly [number, number];

/** One fit of a consensus with its members. */
export interface ConsensusRun {
  readonly consensus: Score;
  readonly members: readonly {
    readonly name: string;
    readonly score: Score;
    readonly weight: number;
  }[];
}

/** Fits of one set with several seeds. */
export interface SetScores {
  readonly name: string;
  readonly n: number;
  readonly runs: readonly ConsensusRun[];
}

/** A Markdown table: a row per set, with each member, the mean of the members, and the consensus; at the end the mean over sets. */
export function scoresTable(sets: readonly SetScores[]): string {
  const names = sets[0]!.runs[0]!.members.map(({ name }) => name);
  const head = ['set', 'n', ...names, 'mean of members', 'consensus', 'weights'];
  const columns = sets.map(({ runs }) => [
    ...names.map((name) => runs.map((run) => run.members.find((member) => member.name === name)!.score)),
    runs.map(({ members }) => meanScore(members.map(({ score }) => score))),
    runs.map(({ consensus }) => consensus),
  ]);
  const rows = sets.map(({ name, n, runs }, s) => [
    name,
    String(n),
    ...columns[s]!.map(scoreText),
    names
      .map((member) =>
        mean(runs.map((run) => run.members.find((own) => own.name === member)!.weight)).toFixed(2),
      )
      .join(' '),
  ]);
  const total = columns[0]!.map((_, c) => meanScore(columns.map((column) => meanScore(column[c]!))));
  const last = ['mean', '', ...total.map(([acc, score]) => `${acc.toFixed(3)} / ${score.toFixed(3)}`), ''];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
    ...(sets.length > 1 ? [line(last)] : []),
  ]
    .join('\n')
    .concat('\n');
}

function scoreText(scores: readonly Score[]): string {
  const [acc, information] = meanScore(scores);
  const deviation = Math.sqrt(mean(scores.map(([own]) => (own - acc) ** 2)));
  return `${acc.toFixed(3)} ± ${deviation.toFixed(3)} / ${information.toFixed(3)}`;
}

function meanScore(scores: readonly Score[]): Score {
  return [mean(scores.map(([acc]) => acc)), mean(scores.map(([, information]) => information))];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
