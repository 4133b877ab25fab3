import { CrossmodalError, joinColumns, type DenseMatrix } from '@crossmodal/core';
import { nearestNeighbours } from './nearest-neighbours.js';
import type { NearestNeighbours } from './search/neighbour-types.js';
import { standInRows, type PartialRows } from './stand-in-rows.js';

/** Rows that are looked through for each row of a stand-in, at most. */
const MOST_PER_STAND_IN = 10;

/** One modality of {@link jointNeighbours}. */
export interface JointNeighbourModality {
  /** Rows of unit length, shape `[n, d]`, zeros where absent. */
  readonly features: DenseMatrix;
  /** 1 where an object has the modality; left out when all have it. */
  readonly present?: Uint8Array | undefined;
}

/** Options of {@link jointNeighbours}. */
export interface JointNeighbourOptions {
  /** Neighbours of each object, 1 or more; no more than there are other objects are given. */
  readonly neighbours: number;
  /** Nearest objects whose mean stands for a modality that an object lacks, 1 or more. @defaultValue 10 */
  readonly standIns?: number;
  /** Stops the search between blocks. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Neighbours by the sum of the cosines in all modalities, as {@link nearestNeighbours} finds them, in memory that grows with n and not with its square.
 *
 * For a modality that an object lacks stands the mean of the objects that have it and are nearest in the modalities that it has. That mean is
 * short where these differ, and so counts little: an object that one modality alone puts beside those of another cluster is drawn back to
 * the majority. Objects that still have nothing in common are no neighbours, so lists may be short.
 *
 * @param modalities - one or more, of the same n objects
 * @returns row numbers, nearest first; -1 from where there are no more
 * @throws CrossmodalError `shape` when modalities differ in n, flags do not fit, or there is no modality; `option` when `neighbours` or `standIns` is no
 * positive integer; `aborted` on the signal.
 * @example
 * ```ts
 * const colour = fromRows([[1, 0], [0.8, 0.6], [0, 1], [0, 0]]);
 * const shape = fromRows([[0, 1], [1, 0], [1, 0], [0, 1]]);
 * const present = Uint8Array.of(1, 1, 1, 0);
 * const { indices } = await jointNeighbours([{ features: colour, present }, { features: shape }], { neighbours: 1 });
 * console.log(indices[3]); // 0
 * ```
 */
export async function jointNeighbours(
  modalities: readonly JointNeighbourModality[],
  { neighbours, standIns = 10, signal }: JointNeighbourOptions,
): Promise<NearestNeighbours> {
  checkModalities(modalities, standIns);
  if (modalities.every(({ present }) => present === undefined)) {
    const { count, indices } = await nearestNeighbours(sideBySide(modalities), { neighbours, signal });
    return { count, indices };
  }
  const searched = standIns * Math.min(MOST_PER_STAND_IN, Math.ceil(1 / leastShare(modalities)));
  const first = await nearestNeighbours(sideBySide(modalities), { neighbours: searched, signal });
  const near = withSomethingInCommon(first, modalities);
  const filled = modalities.map((modality) => standInRows(modality, near, standIns));
  const found = await nearestNeighbours(sideBySide(filled), { neighbours, signal });
  return withSomethingInCommon(found, filled);
}

/** Share of the objects that have the modality which the fewest have. */
function leastShare(modalities: readonly PartialRows[]): number {
  const shares = modalities.map(({ present }) =>
    present === undefined ? 1 : present.reduce((sum, flag) => sum + (flag === 0 ? 0 : 1), 0) / present.length,
  );
  return Math.min(...shares);
}

/** All modalities as one matrix. */
function sideBySide(modalities: readonly PartialRows[]): DenseMatrix<Float32Array> {
  return joinColumns(modalities.map(({ features }) => features));
}

/** Leaves out neighbours that have no modality in common: their cosine is 0, which may be more than that of others. */
function withSomethingInCommon(
  { count, indices }: NearestNeighbours,
  modalities: readonly PartialRows[],
): NearestNeighbours {
  const kept = indices.slice().fill(-1);
  const common = (i: number, j: number) =>
    modalities.some(({ present }) => present === undefined || (present[i] !== 0 && present[j] !== 0));
  for (let from = 0, i = 0; from < indices.length; from += count, i++) {
    kept.set(
      indices.subarray(from, from + count).filter((j) => j >= 0 && common(i, j)),
      from,
    );
  }
  return { count, indices: kept };
}

function checkModalities(modalities: readonly JointNeighbourModality[], standIns: number): void {
  const where = 'jointNeighbours';
  if (!Number.isInteger(standIns) || standIns < 1) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'standIns'`,
      expected: 'an integer of 1 or more',
      received: String(standIns),
    });
  }
  const n = modalities[0]?.features.rows;
  const odd = modalities.findIndex(
    ({ features, present }) => features.rows !== n || (present !== undefined && present.length !== n),
  );
  if (n !== undefined && odd < 0) return;
  const { features, present } = modalities[odd] ?? {};
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: n === undefined ? 'one modality or more' : `${n} rows, and as many flags, in every modality`,
    received:
      features === undefined
        ? 'none'
        : `${features.rows} rows and ${present?.length ?? 'no'} flags in modality ${odd}`,
  });
}
