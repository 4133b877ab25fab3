import type { Evaluation } from '@crossmodal/metrics';
import type { ClusterResult, MemberResult } from '../result.js';
import { textTable } from './text-table.js';

const SCORES: readonly (readonly [keyof Evaluation, string])[] = [
  ['acc', 'ACC'],
  ['nmi', 'NMI'],
  ['ari', 'ARI'],
  ['ami', 'AMI'],
  ['purity', 'purity'],
  ['fScore', 'F-score'],
];

/** The scores as a table of a line, or of one a named row. */
export function scoresText(rows: readonly (readonly [string, Evaluation, Evaluation?])[]): string {
  const head = ['', ...SCORES.map(([, label]) => label)];
  const body = rows.map(([name, mean, std]) => [
    name,
    ...SCORES.map(([key]) => mean[key].toFixed(3) + (std === undefined ? '' : ` ± ${std[key].toFixed(3)}`)),
  ]);
  return textTable([head, ...body]);
}

/** Members of a consensus as a table: how far each agrees with others, and what it counts. */
export function membersText(members: readonly MemberResult[]): string {
  const rows = members.map(({ name, outcome, support, weight }) => [
    name,
    support?.toFixed(3) ?? '–',
    weight?.toFixed(3) ?? '–',
    ...(outcome === 'fitted' ? [] : [outcome]),
  ]);
  return textTable([['member', 'agreement', 'weight'], ...rows]);
}

/** A clustering in a few lines, for a person. */
export function summaryText(result: ClusterResult, out?: string): string {
  const { method, preset, backend, seed, n, clusters, metrics, seconds, runs, history, labels } = result;
  const sizes = new Array<number>(clusters).fill(0);
  for (const label of labels) sizes[label]!++;
  const losses = Object.entries(history).map(([term, value]) => `${term} ${value.toPrecision(4)}`);
  const weights = Object.entries(result.modalityWeights ?? {}).map(
    ([name, weight]) => `${name} ${weight.toFixed(3)}`,
  );
  const facts = [
    ['objects', `${n} in ${clusters} clusters`],
    ['sizes', sizes.sort((a, b) => b - a).join(' ')],
    [
      'seconds',
      ['read', 'fit', 'affinity', 'assign', 'total']
        .map((key) => `${key} ${seconds[key as keyof typeof seconds].toFixed(2)}`)
        .join(', '),
    ],
    ['memory', `${Math.round(result.peakMemoryBytes / 2 ** 20)} MiB at most`],
    ...(weights.length === 0 ? [] : [['weights', weights.join(', ')]]),
    ...(losses.length === 0 ? [] : [['losses', losses.join(', ')]]),
    ...(runs === undefined
      ? []
      : [['run', `seed ${seed}, picked of ${runs.each.length} by the ${runs.pickedBy}`]]),
    ...(out === undefined ? [] : [['written', out]]),
  ];
  const width = Math.max(...facts.map(([name]) => name!.length));
  const lines = [
    `${method}${preset === 'default' ? '' : `, preset ${preset}`}, seed ${seed}, backend ${backend}`,
    '',
    ...facts.map(([name, value]) => `${name!.padEnd(width)}  ${value}`),
  ];
  if (result.members !== undefined) lines.push('', membersText(result.members));
  if (metrics !== null) {
    const rows: (readonly [string, Evaluation, Evaluation?])[] = [[runs ? `seed ${seed}` : method, metrics]];
    if (runs?.mean && runs.std) rows.push([`mean of ${runs.each.length}`, runs.mean, runs.std]);
    lines.push('', scoresText(rows));
  }
  return `${lines.join('\n')}\n`;
}
