import {
  assignmentOverlap,
  cauchySchwarzDivergence,
  gaussianKernel,
  sharedValue,
  simplexDivergence,
  type AssignmentOverlapOptions,
  type CauchySchwarzOptions,
  type GaussianKernelOptions,
  type SimplexOptions,
  type Term,
} from '@crossmodal/losses';
import type { EamcState } from '../network/eamc-state.js';

/** Forms of the clustering loss. */
export interface ClusteringForms {
  /** Whose kernel the divergences see. */
  readonly kernelOf: 'fused' | 'hidden';
  readonly kernel: GaussianKernelOptions;
  readonly separation: CauchySchwarzOptions;
  readonly simplex: SimplexOptions;
  readonly orthogonality: AssignmentOverlapOptions;
}

/** The clustering loss, Eq. 11, term by term: Eq. 8 `separation`, Eq. 9 `simplex`, Eq. 10 `orthogonality`. */
export function clusteringTerms(forms: ClusteringForms): readonly Term<EamcState>[] {
  const kernel = sharedValue((state: EamcState) => gaussianKernel(state[forms.kernelOf], forms.kernel));
  return [
    {
      name: 'separation',
      weight: 1,
      value: (state) => cauchySchwarzDivergence(state.assignments, kernel(state), forms.separation),
    },
    {
      name: 'simplex',
      weight: 1,
      value: (state) => simplexDivergence(state.assignments, kernel(state), forms.simplex),
    },
    {
      name: 'orthogonality',
      weight: 1,
      value: ({ assignments }) => assignmentOverlap(assignments, forms.orthogonality),
    },
  ];
}
