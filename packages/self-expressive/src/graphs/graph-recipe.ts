/** How one graph is made: a kernel, over which modalities, with which ridge, and how many neighbours it keeps. */
export interface GraphRecipe {
  /** `gaussian`: the lifted Gram matrices `K_v`; `linear`: the Gram matrices `G_v`. */
  readonly kernel: 'gaussian' | 'linear';
  /** `joint`: one self-expression of the sum over modalities; `modality`: one for each, their graphs averaged. */
  readonly scope: 'joint' | 'modality';
  /** Ridge `rho` of the self-expression, before it grows with n. */
  readonly ridge: number;
  /** Coefficients kept in each row. */
  readonly neighbours: number;
}

/** The four graphs whose mean is the default, `R`. */
export const GRAPHS_R: readonly GraphRecipe[] = [
  { kernel: 'gaussian', scope: 'joint', ridge: 5, neighbours: 5 },
  { kernel: 'gaussian', scope: 'joint', ridge: 20, neighbours: 7 },
  { kernel: 'linear', scope: 'joint', ridge: 30, neighbours: 5 },
  { kernel: 'linear', scope: 'modality', ridge: 10, neighbours: 3 },
];

/** The single graph of the simple variant, `F2`. */
export const GRAPHS_F2: readonly GraphRecipe[] = [
  { kernel: 'gaussian', scope: 'joint', ridge: 5, neighbours: 5 },
];
