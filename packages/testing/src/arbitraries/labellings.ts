import fc from 'fast-check';

/** Bounds of {@link labellings}. */
export interface LabellingConstraints {
  /** Fewest objects. @defaultValue 1 */
  readonly minLength?: number;
  /** Most objects. @defaultValue 30 */
  readonly maxLength?: number;
  /** Most clusters; not all need occur. @defaultValue 5 */
  readonly clusters?: number;
}

/** Cluster labels of objects, integers in `0..clusters-1`. */
export function labellings(constraints: LabellingConstraints = {}): fc.Arbitrary<Int32Array> {
  const { minLength = 1, maxLength = 30, clusters = 5 } = constraints;
  return fc
    .array(fc.integer({ min: 0, max: clusters - 1 }), { minLength, maxLength })
    .map((labels) => Int32Array.from(labels));
}
