import { checkNumber, CrossmodalError } from '@crossmodal/core';

/** How graphs are built: with `[n, n]` matrices, without, or as `auto` decides. */
export type AffinityRoute = 'auto' | 'dense' | 'sparse';

/** Options of {@link affinityRoute}. */
export interface AffinityRouteOptions {
  /** @defaultValue 'auto' */
  readonly route?: AffinityRoute;
  /** Bytes that `auto` lets the dense route take. @defaultValue 2^30, which is 5,792 samples */
  readonly memory?: number;
}

/** What the dense route takes at its peak for each entry of a matrix: a kernel, its inverse and what the inverse is made of. */
const BYTES_PER_ENTRY = 32;
/** The dense route is the faster one up to here too. */
const MEMORY = 2 ** 30;

/**
 * The route for graphs of `n` samples: `auto` is {@link buildAffinity} while its matrices fit, `32 n^2 <= memory`, and
 * {@link buildSparseAffinity} beyond.
 *
 * @throws CrossmodalError `option` when the route is another, or the memory is no number of 1 or more.
 * @example
 * ```ts
 * affinityRoute(2000); // dense
 * affinityRoute(70_000); // sparse
 * ```
 */
export function affinityRoute(n: number, options: AffinityRouteOptions = {}): 'dense' | 'sparse' {
  const { route = 'auto', memory = MEMORY } = options;
  checkNumber('affinityRoute', 'memory', memory, 1);
  if (route === 'dense' || route === 'sparse') return route;
  if (route === 'auto') return BYTES_PER_ENTRY * n * n <= memory ? 'dense' : 'sparse';
  throw new CrossmodalError({
    code: 'option',
    where: "affinityRoute option 'route'",
    expected: "'auto', 'dense' or 'sparse'",
    received: `'${String(route)}'`,
  });
}
