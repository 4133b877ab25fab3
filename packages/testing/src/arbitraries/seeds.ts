import fc from 'fast-check';

/** Seeds of a random source, integers in `0..2^32-1`. */
export function seeds(): fc.Arbitrary<number> {
  return fc.integer({ min: 0, max: 0xffffffff });
}
