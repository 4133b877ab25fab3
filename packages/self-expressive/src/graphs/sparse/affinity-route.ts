import { checkNumber, CrossmodalError } from '@crossmodal/core';

/** How graphs are built: of all pairs, with `[n, n]` matrices or without; of pairs that are near in one modality at least; or as `auto` decides. */
export type AffinityRoute = 'auto' | ChosenRoute;

/** A route that was decided for. */
export type ChosenRoute = 'dense' | 'sparse' | 'approximate';

/** Options of {@link affinityRoute}. */
export interface AffinityRouteOptions {
  /** @defaultValue 'auto' */
  readonly route?: AffinityRoute;
  /** Bytes that `auto` lets the dense route take. @defaultValue 2^30, which is 5,792 samples */
  readonly memory?: number;
}

const ROUTES: readonly ChosenRoute[] = ['dense', 'sparse', 'approximate'];
/** What the dense route takes at its peak for each entry of a matrix: a kernel, its inverse and what the inverse is made of. */
const BYTES_PER_ENTRY = 32;
/** The dense route is the faster one up to here too. */
const MEMORY = 2 ** 30;
/** Samples up to which all pairs are looked at by default: beyond, products of all pairs take longer than everything else together. */
const ALL_PAIRS = 12_000;

/**
 * The route for graphs of `n` samples: `auto` is {@link buildGraphs} while its matrices fit, `32 n^2 <= memory`, and
 * {@link buildSparseGraphs} beyond: of all pairs up to 12,000 samples, among candidates from there on.
 *
 * @throws CrossmodalError `option` when the route is another, or the memory is no number of 1 or more.
 * @example
 * ```ts
 * affinityRoute(2000); // dense
 * affinityRoute(70_000); // approximate
 * ```
 */
export function affinityRoute(n: number, options: AffinityRouteOptions = {}): ChosenRoute {
  const { route = 'auto', memory = MEMORY } = options;
  checkNumber('affinityRoute', 'memory', memory, 1);
  if (route === 'auto') {
    if (BYTES_PER_ENTRY * n * n <= memory) return 'dense';
    return n <= ALL_PAIRS ? 'sparse' : 'approximate';
  }
  if (ROUTES.includes(route)) return route;
  throw new CrossmodalError({
    code: 'option',
    where: "affinityRoute option 'route'",
    expected: "'auto', 'dense', 'sparse' or 'approximate'",
    received: `'${String(route)}'`,
  });
}
