import type { RandomSource, SampleArray } from '@crossmodal/core';
import { flattenTensors, takeRows, tf, type TensorsOf } from '@crossmodal/tensors';
import { minibatches, type Minibatches } from './minibatches.js';
import { withPartners } from './with-partners.js';

/** Options of {@link partnerBatches}. */
export interface PartnerBatchOptions<Samples = Readonly<Record<string, SampleArray>>> {
  /** Sample arrays in records and lists, all with the same `n`; row i of each is one object. */
  readonly data: Samples;
  /**
   * Draws a partner of a row, such as the end of a random walk over its neighbours, whose length may depend on the step.
   *
   * @param random - the stream of the step, shared by its rows
   */
  readonly partnerOf: (row: number, step: number, random: RandomSource) => number;
  /** Samples per step before their partners are added, `1..n`. */
  readonly batchSize: number;
  /** Decides the order of each epoch and the partners of each step. */
  readonly random: RandomSource;
}

/**
 * Minibatches of `2 m` rows in which row `m + i` is a partner of row `i`, drawn anew at every step: what contrast, or mutual information, between
 * objects that are likely of one cluster learns from. The remainder of an epoch is left out.
 *
 * @throws CrossmodalError `shape` when arrays have different `n` or their values do not fit; `option` when the batch size is not in `1..n`.
 * @see `neighbourWalk` of `@crossmodal/self-expressive` for partners over the neighbours of several modalities; {@link pairBatches} for those in one list; {@link exchangePartners} for
 * the rows of partners in the place of their objects
 * @example
 * ```ts
 * const data = { x: { shape: [4, 1], values: Float32Array.of(0, 1, 2, 3) } };
 * const walk = neighbourWalk([{ count: 1, indices: Int32Array.of(1, 2, 3, 0) }], [1]);
 * const batches = partnerBatches({
 *   data,
 *   partnerOf: (row, step, random) => walk(row, step < 10 ? 2 : 1, random),
 *   batchSize: 2,
 *   random: randomSource(1),
 * });
 * console.log(batches.rows(0)); // two rows, then the row two further from each
 * ```
 */
export function partnerBatches<Samples>({
  data,
  partnerOf,
  batchSize,
  random,
}: PartnerBatchOptions<Samples>): Minibatches<TensorsOf<Samples>> {
  const anchors = minibatches({ data, batchSize, dropLast: true, random: random.fork('anchors') });
  const rows = (step: number): Int32Array => {
    const draws = random.fork(`partners ${step}`);
    return withPartners(anchors.rows(step), (row) => partnerOf(row, step, draws));
  };
  return {
    stepsPerEpoch: anchors.stepsPerEpoch,
    rows,
    batch(step) {
      const inputs = takeRows(data, rows(step));
      return { inputs, dispose: () => tf.dispose(flattenTensors(inputs)) };
    },
  };
}
