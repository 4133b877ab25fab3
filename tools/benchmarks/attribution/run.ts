import { parseArgs } from 'node:util';
import { isCrossmodalError, randomSource, selectRows, type Paired } from '@crossmodal/core';
import { useBackend } from '@crossmodal/tensors';
import type { Comparison, Variant } from '../ablations/comparison.js';
import { fitVariant } from '../ablations/fit-variant.js';
import { appendResult, readResults } from '../ablations/results.js';
import { studySet, type StudyData } from '../ablations/study-sets.js';
import { digestOf } from './digest.js';
import { finalLoss } from './final-loss.js';
import { attributionTable, type AttributionResult } from './table.js';
import { attributions, DEFAULT } from './variants.js';
import { worthTable } from './worth-table.js';

const { values } = parseArgs({
  options: {
    methods: { type: 'string', default: attributions.map(({ name }) => name).join(',') },
    variants: { type: 'string' },
    sets: { type: 'string', default: 'digits,msrcv1' },
    seeds: { type: 'string', default: '3' },
    samples: { type: 'string' },
    draw: { type: 'string', default: '0' },
    out: { type: 'string', default: 'attribution.jsonl' },
    part: { type: 'string', default: '1/1' },
    table: { type: 'boolean', default: false },
    worth: { type: 'boolean', default: false },
  },
});

const comparisons = values.methods.split(',').map((name) => known('--methods', attributions, name));
const chosen = chosenVariants();
if (!values.table && !values.worth) await runAll();
if (values.worth) printWorth();
else printTables();

/** The entry of a name, or the end of the command. */
function known<Entry extends { readonly name: string }>(
  option: string,
  entries: readonly Entry[],
  name: string,
): Entry {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  const names = [...new Set(entries.map((candidate) => `'${candidate.name}'`))];
  console.error(`${option}: expected ${names.join(', ')}, got '${name}'`);
  process.exit(2);
}

/** A whole number, or the end of the command. */
function count(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  console.error(`--${option}: expected a whole number, got '${text}'`);
  process.exit(2);
}

/** Names of the variants asked for, the default among them; undefined for all. */
function chosenVariants(): ReadonlySet<string> | undefined {
  if (values.variants === undefined) return undefined;
  const all = comparisons.flatMap(({ variants }) => variants);
  return new Set([DEFAULT, ...values.variants.split(',').map((name) => known('--variants', all, name).name)]);
}

/** Runs what is not in the file yet; of `--part i/m`, every m-th run. */
async function runAll(): Promise<void> {
  await useBackend('auto', { threads: 1 });
  const [part = 1, parts = 1] = values.part.split('/').map(Number);
  const done = new Set(readResults<AttributionResult>(values.out).map(keyOf));
  const warm = new Set<string>();
  // All are drawn before the first fit, so that a name that there is not ends the command at once.
  const sets = await Promise.all(values.sets.split(',').map(drawn));
  for (const given of sets) {
    if (given === undefined) continue;
    const tasks = tasksOf(given.name).filter((_, t) => t % parts === part - 1);
    for (const { comparison, variant, name } of tasks) {
      if (done.has(keyOf(name))) continue;
      if (!warm.has(comparison.name)) await fitVariant(comparison, comparison.variants[0]!, given.data, 0);
      warm.add(comparison.name);
      await runOne(comparison, variant, given.data, name);
    }
  }
}

type RunName = Pick<AttributionResult, 'study' | 'variant' | 'set' | 'seed'>;

function keyOf({ study, variant, set, seed }: RunName): string {
  return [study, variant, set, seed].join('\t');
}

/** Every variant with one seed, then with the next, so that a run that is stopped has something of each. */
function tasksOf(set: string) {
  return Array.from({ length: count('seeds', values.seeds) }, (_, seed) =>
    comparisons.flatMap((comparison) =>
      comparison.variants
        .filter(({ name }) => chosen === undefined || chosen.has(name))
        .map((variant) => ({
          comparison,
          variant,
          name: { study: comparison.name, variant: variant.name, set, seed },
        })),
    ),
  ).flat();
}

async function runOne(
  comparison: Comparison,
  variant: Variant,
  data: StudyData<Paired>,
  name: RunName,
): Promise<void> {
  const run = await orRefused(() => fitVariant(comparison, variant, data, name.seed));
  if (typeof run === 'string') {
    console.error(`${name.study} | ${name.variant} | ${name.set} | refused: ${run}`);
    return;
  }
  const { acc, nmi, processorSeconds: seconds, fitted } = run;
  const loss = finalLoss(fitted.history);
  const result: AttributionResult = {
    ...name,
    acc,
    nmi,
    seconds,
    ...(loss === undefined ? {} : { loss }),
    digest: digestOf(fitted),
  };
  appendResult(values.out, result);
  console.error(
    `${name.study} | ${name.variant} | ${name.set} | seed ${name.seed} | ACC ${acc.toFixed(3)} | ${seconds.toFixed(1)} s`,
  );
}

/** What a fit gives, or why a method refuses the data. */
async function orRefused<Fit>(fit: () => Promise<Fit>): Promise<Fit | string> {
  try {
    return await fit();
  } catch (error) {
    if (isCrossmodalError(error, 'unsupported')) return error.message;
    throw error;
  }
}

/** The set, the same for every seed so that losses can be compared; of `--samples`, that many of its rows. */
async function drawn(
  set: string,
): Promise<{ readonly name: string; readonly data: StudyData<Paired> } | undefined> {
  const draw = count('draw', values.draw);
  const whole = await studySet(set, draw);
  if (whole === undefined) {
    console.error(`${set} is absent`);
    return undefined;
  }
  const n = Math.min(
    values.samples === undefined ? whole.data.n : count('samples', values.samples),
    whole.data.n,
  );
  const name = `${set}, ${n} objects, draw ${draw}`;
  if (n === whole.data.n) return { name, data: whole };
  const rows = randomSource(draw).fork('samples').permutation(whole.data.n).subarray(0, n);
  const labels = Int32Array.from(rows, (row) => whole.labels[row]!);
  return { name, data: { ...whole, data: selectRows(whole.data, rows), labels } };
}

/** Prints what the file holds of the chosen methods and variants, a table per method with the sets side by side. */
function printWorth(): void {
  const results = readResults<AttributionResult>(values.out);
  for (const comparison of comparisons)
    console.log(`### ${comparison.name}\n\n${worthTable(results, { comparison, chosen })}\n`);
}

/** Prints what the file holds of the chosen methods and variants, a table per set. */
function printTables(): void {
  const results = readResults<AttributionResult>(values.out);
  const sets = [...new Set(results.map(({ set }) => set))];
  for (const set of sets) {
    const own = results.filter((result) => result.set === set);
    console.log(`### ${set}\n\n${attributionTable(own, { comparisons, chosen })}\n`);
  }
}
