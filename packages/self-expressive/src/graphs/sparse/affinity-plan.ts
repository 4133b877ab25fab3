import { checkInteger, checkNumber, CrossmodalError } from '@crossmodal/core';
import { affinityCosts, type AffinityCosts, type AffinitySize, type ChosenRoute } from './affinity-costs.js';

/** How graphs are built: of all pairs, with `[n, n]` matrices or without; of pairs that are near in one modality at least; or as `auto` decides. */
export type AffinityRoute = 'auto' | ChosenRoute;

/** Options of {@link affinityPlan}. */
export interface AffinityPlanOptions {
  /** @defaultValue 'auto' */
  readonly route?: AffinityRoute;
  /** Bytes that graphs may take beside the features. @defaultValue 2^30 for dense graphs, which is 5,792 samples, and no limit for the others */
  readonly memory?: number | undefined;
}

/** How graphs will be built, and about what that takes. */
export interface AffinityPlan extends AffinityCosts {
  readonly route: ChosenRoute;
}

const ROUTES: readonly ChosenRoute[] = ['dense', 'sparse', 'approximate'];
/** The dense route is the faster one up to here. */
const DENSE_MEMORY = 2 ** 30;
/** Samples up to which all pairs are looked at by default: beyond, products of all pairs take longer than everything else together. */
const ALL_PAIRS = 12_000;

/**
 * The route for graphs, and what it will take: `auto` is {@link buildGraphs} while its matrices fit, `32 n^2 <= memory`, and
 * {@link buildSparseGraphs} beyond: of all pairs up to 12,000 samples, among candidates from there on, or where memory does not last for
 * all pairs.
 *
 * @throws CrossmodalError `option` when the route is another, a number is out of range, or no route fits into the memory that is given.
 * @example
 * ```ts
 * const plan = affinityPlan({ n: 70_000, columns: [784, 441], recipes: GRAPHS_C5 });
 * console.log(plan.route, (plan.bytes / 2 ** 30).toFixed(1)); // approximate 0.6
 * ```
 */
export function affinityPlan(size: AffinitySize, options: AffinityPlanOptions = {}): AffinityPlan {
  const { route = 'auto', memory } = options;
  const where = 'affinityPlan';
  checkInteger(where, 'n', size.n, { minimum: 1 });
  if (memory !== undefined) checkNumber(where, 'memory', memory, 1);
  const planOf = (chosen: ChosenRoute): AffinityPlan => ({ route: chosen, ...affinityCosts(chosen, size) });
  if (ROUTES.includes(route as ChosenRoute)) return planOf(route as ChosenRoute);
  if (route !== 'auto') {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'route'`,
      expected: "'auto', 'dense', 'sparse' or 'approximate'",
      received: `'${String(route)}'`,
    });
  }
  const dense = planOf('dense');
  if (dense.bytes <= (memory ?? DENSE_MEMORY)) return dense;
  const others = (['sparse', 'approximate'] as const).map(planOf);
  if (size.n > ALL_PAIRS) others.reverse();
  const fits = others.find(({ bytes }) => memory === undefined || bytes <= memory);
  if (fits !== undefined) return fits;
  const least = Math.min(dense.bytes, ...others.map(({ bytes }) => bytes));
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'memory'`,
    expected: `${least} bytes or more for graphs of ${size.n} samples`,
    received: String(memory),
    advice: "Give more memory, fewer graphs ('F2'), or fewer features.",
  });
}
