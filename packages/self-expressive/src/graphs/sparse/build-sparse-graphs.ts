import type { CsrMatrix, DenseMatrix } from '@crossmodal/core';
import { meanAffinity } from '../../affinity/mean-affinity.js';
import { strongestAffinity } from '../../affinity/strongest-affinity.js';
import type { CandidateLists } from '../../solvers/sparse/candidate-lists.js';
import { strongestCoefficients } from '../../solvers/sparse/strongest-coefficients.js';
import { whitenRows } from '../../solvers/sparse/whiten-rows.js';
import type { BuildGraphsOptions, BuiltGraphs } from '../build-graphs.js';
import { checkModalities } from '../check-modalities.js';
import { checkRecipes } from '../check-recipes.js';
import { completeModalities } from '../completion/complete-modalities.js';
import { GRAPHS_R, largestScale, type CoefficientRecipe, type GraphRecipe } from '../graph-recipe.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import { candidateRows } from './candidate-rows.js';
import { ISOLATION_RANK, isolatedGroups } from '../neighbours/isolated-groups.js';
import type { NearestRows } from '../neighbours/nearest-by-gram.js';
import { neighbourGraph } from '../neighbours/neighbour-graph.js';
import { kernelViews } from './kernel-views.js';
import { sampledMedian } from './sampled-median.js';
import { sparseNearestOf } from './sparse-nearest-of.js';
import { sparseSettings, type SparseOptions } from './sparse-options.js';
import { viewFeatures } from './view-features.js';

/** Options of {@link buildSparseGraphs}. */
export type BuildSparseGraphsOptions = BuildGraphsOptions & SparseOptions;

const WHERE = 'buildSparseGraphs';
/** Steps of one graph as `pause` counts them. */
const STEPS = 100;

/**
 * {@link buildGraphs} without `[n, n]` matrices: the same recipes, over features of each kernel in place of the kernel, in time
 * `O(n^2 r)` of products and memory `O(n k + n r)`. With `candidates` only pairs are looked at that are near in one modality at least: about
 * `O(n^1.5)`, and rows have no more neighbours than they have candidates.
 *
 * Linear kernels are exact while the columns of their modalities are no more than `landmarks` and `rank`. Gaussian ones are projected onto
 * the span of landmarks (Nystroem), and both are cut to their `rank` leading directions. Medians are those of a sample of 2,048 rows. Absent
 * rows are filled as in {@link buildGraphs}, features in place of kernels: `F <- M F`. Neighbours are those of
 * {@link nearestNeighbours}. Isolated groups are looked for where a recipe of neighbours has scale 7 or more.
 *
 * The draws go by the place of a row, so permuting rows changes which are landmarks.
 *
 * @throws CrossmodalError as {@link buildGraphs}; `option` when a number of {@link SparseOptions} is no positive integer; `aborted` on the
 * signal.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const rows = [[0, 1], [0.1, 0.9], [0.2, 1], [0, 0.8], [1, 0], [0.9, 0.1], [1, 0.2], [0.8, 0]];
 * const { graphs } = await buildSparseGraphs([{ features: fromRows(rows) }], { recipes: GRAPHS_C5 });
 * console.log(graphs.length); // 5
 * ```
 */
export async function buildSparseGraphs(
  modalities: readonly KernelFeatures[],
  options: BuildSparseGraphsOptions = {},
): Promise<BuiltGraphs> {
  const { recipes = GRAPHS_R, width = 3, ridgeFactor = 1, pause = async () => {} } = options;
  const n = checkModalities(WHERE, modalities);
  checkRecipes(WHERE, recipes, width);
  const { candidates: count, ...sizes } = sparseSettings(WHERE, n, options);
  const fitted = completeModalities(modalities);
  await pause(0, 1);
  const candidates = count === undefined ? undefined : await candidateRows(fitted, { ...sizes, count });
  const settings = { ...sizes, candidates: candidates?.joint };
  const lifts = recipes.some((recipe) => recipe.kind !== 'neighbours' && recipe.kernel === 'gaussian');
  const medians = fitted.map((modality, v) =>
    lifts ? sampledMedian(modality, settings.random.fork(`median ${v}`)) : 0,
  );
  const views = kernelViews(recipes, fitted.length, width);
  const searched = recipes.filter((recipe) => recipe.kind === 'neighbours');
  const made = new Map<GraphRecipe, CsrMatrix<Float32Array>[]>(recipes.map((recipe) => [recipe, []]));
  const steps =
    STEPS * (views.reduce((sum, view) => sum + view.recipes.length, 0) + searched.length * fitted.length);
  let start = 0;
  const add = (recipe: GraphRecipe, graph: CsrMatrix<Float32Array>) => {
    made.get(recipe)!.push(graph);
    start += STEPS;
  };
  const reportProgress = (done: number, all: number) =>
    pause(start + Math.floor((STEPS * done) / all), steps);
  for await (const { view, features } of viewFeatures(views, fitted, { ...settings, medians })) {
    for (const recipe of view.recipes)
      add(recipe, await coefficientGraph(features, { recipe, ridgeFactor, settings, pause: reportProgress }));
  }
  const nearest: NearestRows[] = [];
  for (const [v, modality] of searched.length === 0 ? [] : fitted.entries()) {
    await pause(start, steps);
    const search = { candidates: candidates?.modalities[v], signal: sizes.signal };
    const near = await sparseNearestOf(modality, { count: largestScale(recipes), ...search });
    for (const recipe of searched) add(recipe, neighbourGraph(n, near, recipe));
    // Lists that are shorter than a group's reach would make every row look isolated.
    if ((count ?? ISOLATION_RANK) >= ISOLATION_RANK) nearest.push(near);
  }
  await pause(steps, steps);
  const graphs = recipes.map((recipe) => meanAffinity(made.get(recipe)!));
  return { graphs, medians, isolated: isolatedGroups(nearest) };
}

/** What {@link coefficientGraph} goes by. */
interface GraphContext {
  readonly recipe: CoefficientRecipe;
  readonly ridgeFactor: number;
  readonly settings: Omit<ReturnType<typeof sparseSettings>, 'candidates'> & {
    readonly candidates: CandidateLists | undefined;
  };
  readonly pause: (done: number, all: number) => Promise<void>;
}

/** `T(S[K, rho], k)` of features whose products are `K`. */
async function coefficientGraph(
  features: DenseMatrix<Float32Array>,
  { recipe, ridgeFactor, settings, pause }: GraphContext,
): Promise<CsrMatrix<Float32Array>> {
  const { ridge, neighbours, sign = 'both' } = recipe;
  const { tiling, signal, candidates } = settings;
  const whitened = whitenRows(WHERE, features, ridge * ridgeFactor);
  const kept = { neighbours, sign, ...tiling, signal, candidates, pause };
  return strongestAffinity(await strongestCoefficients(whitened, kept), { neighbours, sign });
}
