import { paired, vectors, type Paired } from '@crossmodal/core';
import fc from 'fast-check';
import { matrices } from './matrices.js';

/** Bounds of {@link pairedData}. */
export interface PairedConstraints {
  /** Fewest objects. @defaultValue 1 */
  readonly minRows?: number;
  /** Most objects. @defaultValue 12 */
  readonly maxRows?: number;
  /** Most modalities. @defaultValue 3 */
  readonly maxModalities?: number;
  /** Most columns of a modality. @defaultValue 6 */
  readonly maxColumns?: number;
}

/** Paired data of vectors in 1 to `maxModalities` modalities, with arbitrary finite values: no clusters to be found. */
export function pairedData(constraints: PairedConstraints = {}): fc.Arbitrary<Paired> {
  const { minRows = 1, maxRows = 12, maxModalities = 3, maxColumns = 6 } = constraints;
  return fc
    .tuple(fc.integer({ min: minRows, max: maxRows }), fc.integer({ min: 1, max: maxModalities }))
    .chain(([rows, count]) =>
      fc.array(matrices({ rows, columns: [1, maxColumns] }), { minLength: count, maxLength: count }),
    )
    .map((features) => paired(features.map((matrix, i) => vectors(`modality-${i}`, matrix))));
}
