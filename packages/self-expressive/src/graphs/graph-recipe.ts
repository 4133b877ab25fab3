import { CrossmodalError } from '@crossmodal/core';

/** How a graph of self-expression is made: a kernel, over which modalities, with which ridge, and how many neighbours it keeps. */
export interface CoefficientRecipe {
  /** Tells recipes apart. @defaultValue 'coefficients' */
  readonly kind?: 'coefficients';
  /** `gaussian`: the lifted Gram matrices `K_v`; `linear`: the Gram matrices `G_v`. */
  readonly kernel: 'gaussian' | 'linear';
  /** `joint`: one self-expression of the sum over modalities; `modality`: one for each, their graphs averaged. */
  readonly scope: 'joint' | 'modality';
  /** Ridge `rho` of the self-expression, before it grows with n. */
  readonly ridge: number;
  /** Width of this graph's Gaussian lift, in median squared distances. @defaultValue the width given for all */
  readonly width?: number;
  /** Coefficients kept in each row. */
  readonly neighbours: number;
  /** Whether negative coefficients count by their size or are dropped. @defaultValue 'both' */
  readonly sign?: 'both' | 'positive';
}

/**
 * A self-tuning neighbour graph of each modality, their mean: the nearest rows `j` of each row `i` with weight
 * `exp(-D_ij / (s_i s_j))`, where `s_i` is the distance to the row's neighbour of rank `scale`.
 *
 * @see Zelnik-Manor and Perona, Self-tuning spectral clustering, 2004, eq. 2
 */
export interface NeighbourRecipe {
  readonly kind: 'neighbours';
  /** Neighbours kept in each row, `scale` at most. */
  readonly neighbours: number;
  /** Rank of the neighbour whose distance is the scale of a row; the last one where there are fewer. */
  readonly scale: number;
}

/** How one graph is made. */
export type GraphRecipe = CoefficientRecipe | NeighbourRecipe;

/**
 * The four graphs whose mean is `R`.
 *
 * The linear ones keep positive coefficients only: two clusters of like size are opposite to each other once columns are centred, and
 * sizes alone would join them. With more clusters it makes no difference worth a name.
 */
export const GRAPHS_R: readonly GraphRecipe[] = [
  { kernel: 'gaussian', scope: 'joint', ridge: 5, neighbours: 5 },
  { kernel: 'gaussian', scope: 'joint', ridge: 20, neighbours: 7 },
  { kernel: 'linear', scope: 'joint', ridge: 30, neighbours: 5, sign: 'positive' },
  { kernel: 'linear', scope: 'modality', ridge: 10, neighbours: 3, sign: 'positive' },
];

/** The single graph of the simple variant, `F2`. */
export const GRAPHS_F2: readonly GraphRecipe[] = [
  { kernel: 'gaussian', scope: 'joint', ridge: 5, neighbours: 5 },
];

/** The five graphs of which `C5` is the consensus: two joint ones, three of each modality. */
export const GRAPHS_C5: readonly GraphRecipe[] = [
  { kernel: 'gaussian', scope: 'joint', ridge: 5, neighbours: 5 },
  { kernel: 'linear', scope: 'joint', ridge: 30, neighbours: 5, sign: 'positive' },
  { kernel: 'linear', scope: 'modality', ridge: 10, neighbours: 3, sign: 'positive' },
  { kernel: 'gaussian', scope: 'modality', ridge: 3, neighbours: 4 },
  { kind: 'neighbours', neighbours: 5, scale: 7 },
];

/**
 * Five neighbour graphs, of few neighbours and of more, for modalities whose distances count.
 *
 * Coefficients need clusters that are subspaces of their own, of which few features have room for few: in the plane any two rows represent all others.
 * Neighbourhoods of several sizes find clusters of unequal density there, and agree where clusters are plain.
 */
export const GRAPHS_N5: readonly GraphRecipe[] = [
  { kind: 'neighbours', neighbours: 5, scale: 7 },
  { kind: 'neighbours', neighbours: 7, scale: 7 },
  { kind: 'neighbours', neighbours: 10, scale: 10 },
  { kind: 'neighbours', neighbours: 15, scale: 15 },
  { kind: 'neighbours', neighbours: 20, scale: 20 },
];

/** Largest rank that any recipe of neighbours asks for; 0 where there is none. */
export function largestScale(recipes: readonly GraphRecipe[]): number {
  return Math.max(0, ...recipes.map((recipe) => (recipe.kind === 'neighbours' ? recipe.scale : 0)));
}

/** Names of the sets of recipes. */
export type GraphSet = 'R' | 'F2' | 'C5';

const SETS: Readonly<Record<GraphSet, readonly GraphRecipe[]>> = {
  R: GRAPHS_R,
  F2: GRAPHS_F2,
  C5: GRAPHS_C5,
};

/** The recipes of a set, or those given. @throws CrossmodalError `option` for a name that is no set's. */
export function graphRecipes(graphs: GraphSet | readonly GraphRecipe[]): readonly GraphRecipe[] {
  if (typeof graphs !== 'string') return graphs;
  if (Object.hasOwn(SETS, graphs)) return SETS[graphs];
  throw new CrossmodalError({
    code: 'option',
    where: "option 'graphs'",
    expected: "'R', 'F2', 'C5' or recipes",
    received: `'${String(graphs)}'`,
  });
}
