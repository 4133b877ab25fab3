import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import fc from 'fast-check';

/** Bounds of {@link matrices}. */
export interface MatrixConstraints {
  /** Rows, or their range. @defaultValue 1..8 */
  readonly rows?: number | readonly [min: number, max: number];
  /** Columns, or their range. @defaultValue 1..8 */
  readonly columns?: number | readonly [min: number, max: number];
  /** Least value. @defaultValue -10 */
  readonly min?: number;
  /** Greatest value. @defaultValue 10 */
  readonly max?: number;
}

/**
 * Dense matrices `[rows, columns]` of finite float32 values.
 *
 * @example
 * ```ts
 * import fc from 'fast-check';
 * fc.assert(fc.property(matrices({ rows: 3 }), ({ rows }) => rows === 3), { numRuns: 5 });
 * ```
 */
export function matrices(constraints: MatrixConstraints = {}): fc.Arbitrary<DenseMatrix<Float32Array>> {
  const { rows = [1, 8], columns = [1, 8], min = -10, max = 10 } = constraints;
  const value = fc.float({
    min: Math.fround(min),
    max: Math.fround(max),
    noNaN: true,
    noDefaultInfinity: true,
  });
  return fc
    .tuple(sizes(rows), sizes(columns))
    .chain(([n, d]) =>
      fc
        .array(value, { minLength: n * d, maxLength: n * d })
        .map((values) => denseMatrix(Float32Array.from(values), n, d)),
    );
}

function sizes(range: number | readonly [number, number]): fc.Arbitrary<number> {
  return typeof range === 'number' ? fc.constant(range) : fc.integer({ min: range[0], max: range[1] });
}
