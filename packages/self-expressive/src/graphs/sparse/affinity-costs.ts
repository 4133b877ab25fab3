import type { GraphRecipe } from '../graph-recipe.js';
import { kernelViews, type KernelView } from './kernel-views.js';
import { DIRECTIONS } from './candidate-rows.js';
import { fitTogether, TOGETHER_BYTES } from './view-features.js';
import { CANDIDATES, candidateCount, sparseSettings } from './sparse-options.js';

/** A route that was decided for. */
export type ChosenRoute = 'dense' | 'sparse' | 'approximate';

/** Size of the graphs to build. */
export interface AffinitySize {
  /** Samples. */
  readonly n: number;
  /** Features of each modality. */
  readonly columns: readonly number[];
  readonly recipes: readonly GraphRecipe[];
}

/** Estimated cost of building graphs. */
export interface AffinityCosts {
  /** Bytes at the peak, beside the features. */
  readonly bytes: number;
  /** Multiplications and additions by the engine, and one by one. */
  readonly operations: { readonly engine: number; readonly scalar: number };
}

/** What the dense route takes at its peak for each entry of a matrix: a kernel, its inverse and what the inverse is made of. */
const DENSE_BYTES = 32;
/** An entry of a graph: a column and a value, each way, and once more while directions are joined. */
const ENTRY_BYTES = 32;
/** Blocks of features on their way, and tiles of products. */
const BLOCK_BYTES = 3 * 2 ** 24;
/** Share of all rows that a search among near cells looks at for `n` rows: cells times their size, about `SEARCHED / sqrt(n)`. */
const SEARCHED = 12;
/** Copies of the directions of all rows that a search holds at once. */
const SEARCH_COPIES = 6;
/** Passes of the directions over the landmarks' own kernel. */
const LANDMARK_PASSES = 6;

/** Estimated cost of a route: counted, not measured, so that it is known before anything is done. */
export function affinityCosts(route: ChosenRoute, size: AffinitySize): AffinityCosts {
  const { n, columns, recipes } = size;
  const stored = ENTRY_BYTES * n * recipes.reduce((sum, recipe) => sum + entries(recipe, columns.length), 0);
  const all = columns.reduce((sum, count) => sum + count, 0);
  if (route === 'dense') {
    const inverses = recipes.reduce((sum, recipe) => sum + inversesOf(recipe, columns.length), 0);
    return {
      bytes: DENSE_BYTES * n * n,
      operations: {
        engine: inverses * n ** 3 + all * n * n,
        scalar: 8 * n * n * (inverses + columns.length),
      },
    };
  }
  const some = route === 'approximate';
  const views = kernelViews(recipes, columns.length, 1).map((view, at, all) => {
    const alike = all.filter(({ kernel, width }) => kernel === view.kernel && width === view.width);
    return sizeOf(view, size, { some, alike: alike.length, first: alike[0] === all[at] });
  });
  const widest = Math.max(0, ...views.map(({ rank }) => rank));
  const kernels = Math.max(0, ...views.map(({ landmarks }) => landmarks));
  const made = views.reduce(
    (sum, { lifted, landmarks, rank, graphs }) =>
      sum +
      n * (landmarks * lifted + landmarks * rank + graphs * rank * rank) +
      LANDMARK_PASSES * landmarks * landmarks * rank,
    0,
  );
  const weighed = views.reduce((sum, { rank, graphs }) => sum + graphs * rank, 0);
  const searched = recipes.filter(({ kind }) => kind === 'neighbours').length;
  const together = views.reduce((sum, { landmarks, rank }) => sum + (landmarks > 0 ? rank : 0), 0);
  const held = Math.max(4 * n * widest, Math.min(4 * n * together, TOGETHER_BYTES));
  const features = held + 4 * n * widest + 24 * kernels * kernels + Math.min(BLOCK_BYTES, 12 * n * n);
  if (!some) {
    return {
      bytes: features + stored + (searched > 0 ? 8 * n * (1 + Math.max(...columns)) : 0),
      operations: {
        engine: made + n * n * (weighed / 2 + searched * all),
        scalar: n * n * (weighed > 0 ? 1 : 0),
      },
    };
  }
  const candidates = candidateCount(recipes);
  const lists = columns.length * candidates;
  return {
    bytes:
      features +
      stored +
      // Rows as the weighing of candidates takes them, in whole registers, and all copies that the search of near cells holds.
      64 * n * Math.ceil(widest / 16) +
      n * (24 * lists + SEARCH_COPIES * 4 * (1 + Math.min(DIRECTIONS, Math.max(...columns)))),
    operations: {
      engine: made + n * all * DIRECTIONS + columns.length * SEARCHED * n ** 1.5 * DIRECTIONS,
      scalar: n * (lists * weighed + candidates * searched * all),
    },
  };
}

function entries(recipe: GraphRecipe, modalities: number): number {
  return recipe.neighbours * (recipe.kind !== 'neighbours' && recipe.scope === 'joint' ? 1 : modalities);
}

function inversesOf(recipe: GraphRecipe, modalities: number): number {
  if (recipe.kind === 'neighbours') return 0;
  return recipe.scope === 'joint' ? 1 : modalities;
}

/** Landmarks and columns of the features of a view; no landmarks where its modalities are taken as they are. */
function sizeOf(
  { kernel, members, recipes }: KernelView,
  { n, columns }: AffinitySize,
  { some, alike, first }: { some: boolean; alike: number; first: boolean },
) {
  const settings = sparseSettings('affinityCosts', n, some ? { candidates: CANDIDATES } : {});
  const width = members.reduce((sum, v) => sum + columns[v]!, 0);
  const plain = kernel === 'linear' && width <= settings.landmarks;
  const rank = Math.min(settings.rank, n, plain ? width : settings.landmarks);
  const shared = kernel !== 'linear' && fitTogether(n, rank, alike);
  const every = columns.reduce((sum, count) => sum + count, 0);
  // Each modality's Gaussian kernel of one width is made once for all views that are made together.
  const lifted = !shared ? width : first ? every : 0;
  return { lifted, landmarks: plain ? 0 : settings.landmarks, rank, graphs: recipes.length };
}
