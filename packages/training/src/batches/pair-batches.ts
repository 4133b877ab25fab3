import { CrossmodalError, type RandomSource, type SampleArray } from '@crossmodal/core';
import { sampleArraysOf, type TensorsOf } from '@crossmodal/tensors';
import type { Minibatches } from './minibatches.js';
import { partnerBatches } from './partner-batches.js';

/** Rows that may be the partner of each row, such as its nearest neighbours. */
export interface PartnerLists {
  /** Partners of each row; with 0 every row is its own. */
  readonly count: number;
  /** Row numbers, row-major, shape `[n, count]`; -1 from where there are no more. */
  readonly indices: Int32Array;
}

/** Options of {@link pairBatches}. */
export interface PairBatchOptions<Samples = Readonly<Record<string, SampleArray>>> {
  /** Sample arrays in records and lists, all with the same `n`; row i of each is one object. */
  readonly data: Samples;
  /** Where partners are drawn. */
  readonly neighbours: PartnerLists;
  /** Samples per step before their partners are added, `1..n`. */
  readonly batchSize: number;
  /** Decides the order of each epoch and the partners of each step. */
  readonly random: RandomSource;
}

/**
 * Minibatches of `2 m` rows in which row `m + i` is a partner of row `i`, drawn evenly from its list anew at every step; a row without partners
 * is its own. What contrast between neighbours learns from. The remainder of an epoch is left out.
 *
 * @throws CrossmodalError `shape` when arrays have different `n`, their values do not fit, or there is not one list per row; `option` when the
 * batch size is not in `1..n`.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const x = { shape: [4, 1], values: Float32Array.of(0, 1, 2, 3) };
 * const neighbours = { count: 1, indices: Int32Array.of(1, 0, 3, 2) };
 * const batches = pairBatches({ data: { x }, neighbours, batchSize: 2, random: randomSource(1) });
 * console.log(batches.rows(0)); // two rows, then the neighbour of each
 * ```
 */
export function pairBatches<Samples>({
  data,
  neighbours,
  batchSize,
  random,
}: PairBatchOptions<Samples>): Minibatches<TensorsOf<Samples>> {
  const { count, indices } = neighbours;
  const n = Object.values(sampleArraysOf(data))[0]?.shape[0] ?? 0;
  if (indices.length !== n * count) {
    throw new CrossmodalError({
      code: 'shape',
      where: "pairBatches option 'neighbours'",
      expected: `${n} lists of ${count}`,
      received: `${indices.length} indices`,
    });
  }
  const partnerOf = (row: number, _step: number, draws: RandomSource): number => {
    const own = indices.subarray(row * count, (row + 1) * count);
    const end = own.indexOf(-1);
    const known = end < 0 ? count : end;
    return known === 0 ? row : own[draws.integer(known)]!;
  };
  return partnerBatches({ data, partnerOf, batchSize, random });
}
