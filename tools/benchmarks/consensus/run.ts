import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { consensusMethod, memberResolver, type ConsensusOptions } from '@crossmodal/consensus';
import { canonicalOrder } from '@crossmodal/core';
import { accuracy, nmi, type Labels } from '@crossmodal/metrics';
import { useBackend, type BackendName } from '@crossmodal/tensors';
import { benchmarkSet, type BenchmarkSet } from './benchmark-set.js';
import { recorded } from './recorded.js';
import { scoresTable, type ConsensusRun, type SetScores } from './scores-table.js';

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
const most = values.rows === undefined ? Infinity : Number(values.rows);
const { name: backend } = await useBackend(values.backend as BackendName | 'auto');
console.log(`backend ${backend}; mean ± deviation over ${values.seeds} seeds, ACC / NMI\n`);

const scores: SetScores[] = [];
for (const name of values.sets.split(',')) {
  const runs: ConsensusRun[] = [];
  let n = 0;
  for (let seed = 0; seed < Number(values.seeds); seed++) {
    const set = await benchmarkSet(root, name, { seed, most });
    if (set === undefined) break;
    n = set.data.n;
    runs.push(await scored(set, seed));
  }
  if (runs.length === 0) {
    console.log(`${name} is absent: there is no such set, or none in '${root}'.\n`);
    continue;
  }
  scores.push({ name, n, runs });
  console.log(scoresTable([scores.at(-1)!]));
}
if (scores.length > 1) console.log(scoresTable(scores));

/** One fit of the consensus, with the scores of its members as they were fitted inside it. */
async function scored({ data, labels, classes }: BenchmarkSet, seed: number): Promise<ConsensusRun> {
  const score = (found: Labels): readonly [number, number] => [accuracy(labels, found), nmi(labels, found)];
  // Members see the rows in canonical order.
  const order = canonicalOrder(data);
  const inPlace = (own: Int32Array) => {
    const labelsOfRows = new Int32Array(own.length);
    own.forEach((label, i) => (labelsOfRows[order[i]!] = label));
    return labelsOfRows;
  };
  const heard: Int32Array[] = [];
  const resolve = memberResolver();
  const method = consensusMethod(async (name) =>
    recorded(await resolve(name), (own) => heard.push(inPlace(own))),
  );
  const options = JSON.parse(values.options) as ConsensusOptions;
  const fitted = await method.create(options).fit(data, { clusters: classes, seed });
  fitted.dispose();
  // A member that diverged has not been heard.
  const whole = fitted.members.filter(({ outcome }) => outcome === 'fitted');
  return {
    consensus: score(fitted.labels),
    members: whole.map(({ name }, m) => {
      const { weight } = fitted.support!.find((member) => member.name === name)!;
      return { name, score: score(heard[m]!), weight };
    }),
  };
}
