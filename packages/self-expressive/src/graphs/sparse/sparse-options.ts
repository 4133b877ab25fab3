import type { GraphRecipe } from '../graph-recipe.js';
import { checkInteger, randomSource, type RandomSource } from '@crossmodal/core';

/** What the sparse route may take: more of each is nearer to the dense one, and slower. */
export interface SparseOptions {
  /** Rows onto whose span Gaussian kernels are projected. As many as there are rows make them exact. @defaultValue 2048 */
  readonly landmarks?: number;
  /** Columns kept of the features of a kernel. @defaultValue {@link defaultRank}, and 300 among candidates */
  readonly rank?: number;
  /**
   * Rows near to each row, of each modality, among which its coefficients and neighbours are looked for: time grows hardly faster than n.
   * All rows where left out.
   */
  readonly candidates?: number | undefined;
  /** Bytes of one tile of products. @defaultValue 2^24 */
  readonly tileBytes?: number;
  /** Draws landmarks, the sample for medians, and the start of the directions. @defaultValue seed 0 */
  readonly random?: RandomSource;
  /** Stops between blocks. */
  readonly signal?: AbortSignal | undefined;
}

/** Columns below which clusters start to suffer, measured on 70,000 digits. */
const LEAST_RANK = 300;
/** Pairs of rows times columns up to which nothing is cut: beyond, products of all pairs take the same time, until the least rank. */
const LARGEST_PRODUCT = 2.4e10;

/** Candidates of each modality that the graphs of a method look at where they look at candidates, at least. */
export const CANDIDATES = 30;

/** Candidates for some recipes: as many as any of them has neighbours, and {@link CANDIDATES} at least. */
export function candidateCount(recipes: readonly GraphRecipe[]): number {
  return Math.max(
    CANDIDATES,
    ...recipes.map((recipe) => (recipe.kind === 'neighbours' ? recipe.scale : recipe.neighbours)),
  );
}

/** Columns kept by default, `max(300, 2.4e10 / n^2)`. */
export function defaultRank(n: number): number {
  return Math.max(LEAST_RANK, Math.floor(LARGEST_PRODUCT / Math.max(1, n) ** 2));
}

/** The options, complete. @throws CrossmodalError `option` when a number is no positive integer. */
export function sparseSettings(where: string, n: number, options: SparseOptions) {
  const {
    landmarks = 2048,
    candidates,
    rank = candidates === undefined ? defaultRank(n) : LEAST_RANK,
    tileBytes,
    random = randomSource(0),
    signal,
  } = options;
  checkInteger(where, 'landmarks', landmarks, { minimum: 1 });
  checkInteger(where, 'rank', rank, { minimum: 1 });
  if (candidates !== undefined) checkInteger(where, 'candidates', candidates, { minimum: 1 });
  return {
    candidates,
    landmarks: Math.min(landmarks, n),
    rank,
    random,
    signal,
    tiling: tileBytes === undefined ? {} : { tileBytes },
  };
}
