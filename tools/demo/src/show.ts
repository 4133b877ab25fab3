import { clusteringReport, type ScoreColumn } from '@crossmodal/report';
import { overRuns, type Run, type Standing } from './contest.js';
import type { Digits } from './draw-digits.js';

interface Column extends ScoreColumn {
  readonly figure: (run: Run) => number;
}

const COLUMNS: readonly Column[] = [
  {
    key: 'acc',
    label: 'ACC',
    title: 'accuracy under the best one-to-one naming of clusters',
    figure: (run) => run.scores.acc,
  },
  { key: 'nmi', label: 'NMI', title: 'normalised mutual information', figure: (run) => run.scores.nmi },
  { key: 'ari', label: 'ARI', title: 'adjusted Rand index', figure: (run) => run.scores.ari },
  { key: 'purity', label: 'Purity', figure: (run) => run.scores.purity },
  {
    key: 'seconds',
    label: 'Seconds',
    title: 'seconds per fit',
    kind: 'seconds',
    figure: (run) => run.seconds,
  },
];

/** The standings as a table for a terminal: means over the runs, with the standard deviation of ACC. */
export function standingsText(standings: readonly Standing[]): string {
  const rows = [
    ['method', 'modalities', 'ACC', '', 'NMI', 'ARI', 'purity', 'seconds'],
    ...standings.map((standing) => {
      const { name, sees } = standing;
      const [acc, nmi, ari, purity, seconds] = COLUMNS.map(({ figure }) => overRuns(standing, figure));
      const means = [nmi, ari, purity].map((score) => score!.mean.toFixed(3));
      return [
        name,
        sees,
        acc!.mean.toFixed(3),
        `± ${acc!.std.toFixed(3)}`,
        ...means,
        seconds!.mean.toFixed(1),
      ];
    }),
  ];
  const widths = rows[0]!.map((_, j) => Math.max(...rows.map((cells) => cells[j]!.length)));
  return rows
    .map((cells) =>
      cells.map((cell, j) => (j < 2 ? cell.padEnd(widths[j]!) : cell.padStart(widths[j]!))).join('  '),
    )
    .join('\n');
}

/** The page that shows the standings, and on the digits of the first seed what each method of this library made of them. */
export function standingsPage(
  standings: readonly Standing[],
  { pixels, classes }: Digits,
  facts: readonly { readonly label: string; readonly value: string }[],
): string {
  const seeds = standings[0]!.runs.map((run) => run.seed).join(', ');
  return clusteringReport({
    title: 'Two thousand digits in two modalities',
    lead: 'Handwritten digits as pixels and as histograms of oriented gradients (HOG), clustered without labels. The true digits are used afterwards only: for the scores, and to order and colour what is shown.',
    facts,
    scores: {
      caption: `Mean ± standard deviation over seeds ${seeds}; each seed draws other digits. Default options; the best of each column in bold. Seconds are those of one fit.`,
      columns: COLUMNS,
      rows: standings.map((standing) => ({
        name: standing.name,
        detail: standing.sees === 'both' ? 'pixels and HOG' : standing.sees,
        emphasis: standing.ours,
        scores: Object.fromEntries(COLUMNS.map(({ key, figure }) => [key, overRuns(standing, figure)])),
      })),
    },
    clusterings: standings
      .filter(({ ours }) => ours)
      .map(({ name, runs }) => ({
        name,
        note: `The digits of seed ${runs[0]!.seed}.`,
        labels: runs[0]!.labels,
        ...(runs[0]!.affinity === undefined ? {} : { affinity: runs[0]!.affinity }),
        images: pixels,
        truth: classes,
      })),
    notes: [
      'ACC names clusters after classes one to one, as well as can be, and counts the objects that then agree. NMI and ARI compare the two partitions without names; purity counts each cluster’s majority class.',
      'A cluster’s number means nothing; clusters are shown in the order of the digit that most of their members are.',
    ],
  });
}
