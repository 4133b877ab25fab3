import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { CrossmodalError } from './errors.js';

/** A seeded stream of random numbers; every function that draws takes one, so that a seed decides a run. */
export interface RandomSource {
  /** One number, uniform in `[0, 1)`, 53 bits. */
  uniform(): number;
  /** One number from the standard normal distribution. */
  normal(): number;
  /**
   * One integer, uniform in `0..bound-1`.
   *
   * @throws CrossmodalError `option` when the bound is no whole number of 1 or more.
   */
  integer(bound: number): number;
  /**
   * The integers `0..n-1` in random order.
   *
   * @throws CrossmodalError `option` when n is no whole number of 0 or more.
   */
  permutation(n: number): Int32Array;
  /** An independent stream, decided by this source's seed and the label alone: draws made before do not change it. */
  fork(label: string): RandomSource;
}

/**
 * Makes a random source from a seed.
 *
 * @param seed - an integer in `0..2^32-1`
 * @throws CrossmodalError `option` when the seed is not such an integer.
 * @example
 * ```ts
 * const random = randomSource(7);
 * random.fork('k-means').permutation(10);
 * ```
 */
export function randomSource(seed: number): RandomSource {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new CrossmodalError({
      code: 'option',
      where: 'randomSource',
      expected: 'a seed that is an integer in 0..4294967295',
      received: String(seed),
    });
  }
  return new Stream(seed >>> 0);
}

class Stream implements RandomSource {
  readonly #seed: number;
  readonly #generator: ReturnType<typeof xoroshiro128plus>;
  #spare: number | undefined;

  constructor(seed: number) {
    this.#seed = seed;
    this.#generator = xoroshiro128plus(mix(seed) | 0);
  }

  uniform(): number {
    const high = this.#generator.next() >>> 5;
    const low = this.#generator.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  normal(): number {
    if (this.#spare !== undefined) {
      const value = this.#spare;
      this.#spare = undefined;
      return value;
    }
    // Box-Muller; 1 - u keeps the logarithm away from zero.
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1) throw refused('integer', 'a bound of 1 or more', bound);
    return Math.floor(this.uniform() * bound);
  }

  permutation(n: number): Int32Array {
    if (!Number.isInteger(n) || n < 0) throw refused('permutation', 'a number of 0 or more', n);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = order[i]!;
      order[i] = order[j]!;
      order[j] = kept;
    }
    return order;
  }

  fork(label: string): RandomSource {
    let hash = mix(this.#seed ^ 0x9e3779b9);
    for (let i = 0; i < label.length; i++) hash = mix(hash ^ label.charCodeAt(i));
    return new Stream(hash);
  }
}

function refused(draw: string, what: string, received: number): CrossmodalError {
  return new CrossmodalError({
    code: 'option',
    where: `RandomSource ${draw}`,
    expected: `${what} that is whole`,
    received: String(received),
  });
}

/** A 32-bit finaliser (murmur3's), so that neighbouring seeds give unrelated streams. */
function mix(value: number): number {
  let h = (value + 0x6d2b79f5) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
