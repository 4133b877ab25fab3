/** How near counts as equal: `|a - e| <= absolute + relative |e|`. */
export interface Tolerance {
  /** @defaultValue 1e-6 */
  readonly absolute?: number;
  /** @defaultValue 1e-5 */
  readonly relative?: number;
}

/** Numbers, nested as deep as wanted, or a typed array. */
export type Numbers = number | ArrayLike<number> | readonly Numbers[];

/** Whether two arrays agree, and the first place where they do not. */
export interface Closeness {
  readonly close: boolean;
  readonly message: string;
}

/**
 * Compares numbers element by element: `|a_i - e_i| <= absolute + relative |e_i|`; NaN equals NaN.
 *
 * @returns whether all are close, with the first difference in words
 */
export function allClose(actual: Numbers, expected: Numbers, tolerance: Tolerance = {}): Closeness {
  const { absolute = 1e-6, relative = 1e-5 } = tolerance;
  const a = flat(actual);
  const e = flat(expected);
  if (a.length !== e.length)
    return { close: false, message: `expected ${e.length} numbers, got ${a.length}` };
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = e[i]!;
    const near =
      Object.is(x, y) ||
      x === y ||
      (Number.isFinite(y) && Math.abs(x - y) <= absolute + relative * Math.abs(y));
    if (!near)
      return {
        close: false,
        message: `expected ${y} at ${i}, got ${x}, which differs by ${Math.abs(x - y)}`,
      };
  }
  return { close: true, message: `expected numbers that differ, got ${a.length} that are close` };
}

function flat(numbers: Numbers): readonly number[] {
  if (typeof numbers === 'number') return [numbers];
  return Array.from(numbers as ArrayLike<Numbers>).flatMap(flat);
}
