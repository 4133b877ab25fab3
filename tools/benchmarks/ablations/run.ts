import { parseArgs } from 'node:util';
import { useBackend } from '@crossmodal/tensors';
import { fitVariant } from './fit-variant.js';
import { appendResult, readResults, studyTable } from './results.js';
import { studies } from './studies.js';
import { studySet } from './study-sets.js';

const { values } = parseArgs({
  options: {
    studies: { type: 'string', default: studies.map(({ name }) => name).join(',') },
    sets: { type: 'string' },
    variants: { type: 'string' },
    seeds: { type: 'string', default: '5' },
    out: { type: 'string', default: 'ablations.jsonl' },
    part: { type: 'string', default: '1/1' },
    table: { type: 'boolean', default: false },
  },
});

const wanted = values.studies.split(',').map((name) => {
  const study = studies.find((entry) => entry.name === name);
  if (study === undefined)
    throw new Error(`No study is named '${name}': ${studies.map((entry) => entry.name).join(', ')}.`);
  return study;
});

if (values.table) {
  const results = readResults(values.out);
  for (const { name, table } of wanted) console.log(`${table}\n\n${studyTable(results, name)}\n`);
} else {
  await useBackend('auto', { threads: 1 });
  await runStudies();
}

/** Runs what is not in the file yet; of `--part i/m`, every m-th run. */
async function runStudies(): Promise<void> {
  const [part = 1, parts = 1] = values.part.split('/').map(Number);
  const tasks = wanted.flatMap((study) =>
    (values.sets?.split(',') ?? study.sets).flatMap((set) =>
      Array.from({ length: Number(values.seeds) }, (_, seed) =>
        study.variants
          .filter(({ name }) => values.variants === undefined || values.variants.split(',').includes(name))
          .map((variant) => ({ study, set, seed, variant })),
      ).flat(),
    ),
  );
  const own = tasks.filter((_, t) => t % parts === part - 1);
  const done = new Set(readResults(values.out).map(key));
  for (const { study, set, seed, variant } of own) {
    const name = { study: study.name, variant: variant.name, set, seed };
    if (done.has(key(name))) continue;
    const given = await studySet(set, seed);
    if (given === undefined) {
      console.log(`${study.name}: ${set} is absent`);
      continue;
    }
    const { acc, nmi, seconds } = await fitVariant(study, variant, given, seed);
    const result = { ...name, acc, nmi, seconds };
    appendResult(values.out, result);
    console.log(
      `${study.name} | ${variant.name} | ${set} | seed ${seed} | ACC ${result.acc.toFixed(3)} | ${result.seconds.toFixed(1)} s`,
    );
  }
}

function key(run: {
  readonly study: string;
  readonly variant: string;
  readonly set: string;
  readonly seed: number;
}): string {
  return [run.study, run.variant, run.set, run.seed].join('\t');
}
