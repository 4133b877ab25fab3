import { CrossmodalError } from '@crossmodal/core';

/** How one graph is made: a kernel, over which modalities, with which ridge, and how many neighbours it keeps. */
export interface GraphRecipe {
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
 * The four graphs whose mean is the default, `R`.
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

/** Names of the sets of recipes. */
export type GraphSet = 'R' | 'F2';

/** The recipes of a set, or those given. @throws CrossmodalError `option` for a name that is no set's. */
export function graphRecipes(graphs: GraphSet | readonly GraphRecipe[]): readonly GraphRecipe[] {
  if (typeof graphs !== 'string') return graphs;
  if (graphs === 'R') return GRAPHS_R;
  if (graphs === 'F2') return GRAPHS_F2;
  throw new CrossmodalError({
    code: 'option',
    where: "option 'graphs'",
    expected: "'R', 'F2' or recipes",
    received: `'${String(graphs)}'`,
  });
}
