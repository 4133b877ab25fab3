import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { consensusMethod, memberResolver, type ConsensusOptions } from '@crossmodal/consensus';
import { randomSource, selectRows, type Paired } from '@crossmodal/core';
import { developmentSets } from '@crossmodal/datasets';
import { accuracy, nmi, type Labels } from '@crossmodal/metrics';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { recorded } from './recorded.js';
import { scoresTable, type SetScores } from './scores-table.js';

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'auto' },
    sets: { type: 'string', default: 'msrcv1,bbcsport,orl' },
    seeds: { type: 'string', default: '3' },
    rows: { type: 'string' },
    options: { type: 'string', default: '{}' },
  },
});
const root = process.env['CROSSMODAL_DATA'] ?? join(import.meta.dirname, '../../../../shared/data');
const names = values.sets.split(',');
const sets = developmentSets.filter(
  ({ name, folder }) => names.includes(name) && existsSync(join(root, folder)),
);
if (sets.length === 0) {
  console.error(`No data: none of ${values.sets} is in '${root}'.`);
  process.exit(2);
}
const { name: backend } = await useBackend(values.backend as BackendName | 'auto');
console.log(`backend ${backend}; mean ± deviation over ${values.seeds} seeds, ACC / NMI\n`);

const scores: SetScores[] = [];
for (const set of sets) {
  const loaded = await set.load(root, { random: randomSource(0), hog: true });
  const { data, labels } = someOf(loaded, values.rows === undefined ? Infinity : Number(values.rows));
  const score = (found: Labels): readonly [number, number] => [accuracy(labels, found), nmi(labels, found)];
  const runs: SetScores['runs'][number][] = [];
  for (let seed = 0; seed < Number(values.seeds); seed++) {
    const found: Labels[] = [];
    const resolve = memberResolver();
    const method = consensusMethod(async (name) => recorded(await resolve(name), (own) => found.push(own)));
    const fitted = await method
      .create(JSON.parse(values.options) as ConsensusOptions)
      .fit(data, { clusters: set.classes, seed });
    const members = fitted.members.filter(({ outcome }) => outcome === 'fitted');
    runs.push({
      consensus: score(fitted.labels),
      members: members.map(({ name }, m) => ({ name, score: score(found[m]!), ...supportOf(fitted, name) })),
    });
    fitted.dispose();
  }
  scores.push({ name: set.name, n: data.n, runs });
  console.log(scoresTable([scores.at(-1)!]));
}
console.log(scoresTable(scores));

function supportOf(
  { support = [] }: { readonly support?: readonly { name: string; support: number; weight: number }[] },
  name: string,
) {
  const { support: agreement = 0, weight = 0 } = support.find((member) => member.name === name) ?? {};
  return { agreement, weight };
}

/** A random sample of the rows, where there are more. */
function someOf({ data, labels }: { readonly data: Paired; readonly labels: Labels }, most: number) {
  if (data.n <= most) return { data, labels };
  const rows = randomSource(5).permutation(data.n).slice(0, most);
  return { data: selectRows(data, rows), labels: Array.from(rows, (row) => labels[row]!) };
}
