import type { Comparison } from '../ablations/comparison.js';
import { spread, type Result } from '../ablations/results.js';
import { DEFAULT } from './variants.js';

/** One run of a variant; `study` is the method, `seconds` those that processors worked. */
export interface AttributionResult extends Result {
  /** Loss at the end of training; left out where nothing is trained. */
  readonly loss?: number;
  /** Digest of labels, embedding and memberships: runs of the same digest have one result. */
  readonly digest: string;
}

const HEADER = [
  '| method | variant | runs | ACC | NMI | ACC of the smallest loss | ACC, difference to default | processor seconds, ratio to default |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
];

/** What a table shows. */
export interface TableChoice {
  readonly comparisons: readonly Comparison[];
  /** Names of variants; undefined for all. */
  readonly chosen: ReadonlySet<string> | undefined;
}

/**
 * A Markdown table of one set: a row per method and variant; means ± standard deviation over seeds. The run of the smallest loss is chosen without labels.
 * A variant whose results are those of the default, in every run, is marked `same`.
 */
export function attributionTable(
  results: readonly AttributionResult[],
  { comparisons, chosen }: TableChoice,
): string {
  const lines = [...HEADER];
  for (const { name: method, variants } of comparisons) {
    const own = results.filter(({ study }) => study === method);
    for (const { name } of variants) {
      const runs = own.filter(({ variant }) => variant === name);
      if (runs.length === 0 || (chosen !== undefined && !chosen.has(name))) continue;
      lines.push(`| ${[method, name, ...cells(runs, own)].join(' | ')} |`);
    }
  }
  return lines.join('\n');
}

/** What a variant is beside the default. */
export interface Comparing {
  /** Difference of the mean ACC; `same` where every run gave the same; a dash for the default itself, or where there is nothing to compare with. */
  readonly difference: string;
  /** Ratio of the processor seconds; a dash likewise. */
  readonly ratio: string;
}

/**
 * Compares runs of a variant with those of the default that have their seeds.
 *
 * @param all - runs of the same method and set, the default's among them
 */
export function comparedWithDefault(
  runs: readonly AttributionResult[],
  all: readonly AttributionResult[],
): Comparing {
  const plain = all.filter(({ variant }) => variant === DEFAULT);
  // Only seeds that the default has too can be compared with it.
  const pairs = runs.flatMap((run) => {
    const other = plain.find(({ seed }) => seed === run.seed);
    return other === undefined ? [] : [{ run, other }];
  });
  const isDefault = runs[0]!.variant === DEFAULT;
  const same = !isDefault && pairs.length > 0 && pairs.every(({ run, other }) => run.digest === other.digest);
  const gain = mean(pairs.map(({ run, other }) => run.acc - other.acc));
  const ratio = mean(pairs.map(({ run }) => run.seconds)) / mean(pairs.map(({ other }) => other.seconds));
  return {
    difference: isDefault || pairs.length === 0 ? '–' : same ? 'same' : signed(gain),
    ratio: pairs.length === 0 ? '–' : ratio.toFixed(2),
  };
}

function cells(runs: readonly AttributionResult[], all: readonly AttributionResult[]): string[] {
  const { difference, ratio } = comparedWithDefault(runs, all);
  return [
    String(runs.length),
    spread(runs.map(({ acc }) => acc)),
    spread(runs.map(({ nmi }) => nmi)),
    ofSmallestLoss(runs)?.acc.toFixed(3) ?? '–',
    difference,
    ratio,
  ];
}

/** The run of the smallest loss; none where no run has one. */
function ofSmallestLoss(runs: readonly AttributionResult[]): AttributionResult | undefined {
  const trained = runs.filter(({ loss }) => loss !== undefined);
  return trained.sort((a, b) => a.loss! - b.loss!)[0];
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
