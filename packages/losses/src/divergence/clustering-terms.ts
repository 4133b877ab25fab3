import type { tf } from '@crossmodal/tensors';
import { sharedValue } from '../objective/shared-value.js';
import type { Term } from '../objective/term.js';
import { assignmentOverlap, type AssignmentOverlapOptions } from './assignment-overlap.js';
import { cauchySchwarzDivergence, type CauchySchwarzOptions } from './cauchy-schwarz-divergence.js';
import { simplexDivergence, type SimplexOptions } from './simplex-divergence.js';

/** Options of {@link clusteringTerms}. */
export interface ClusteringTermOptions<State> {
  /** Similarity of the samples of a batch, `[m, m]`, which the divergences see; computed once per batch. */
  readonly kernel: (state: State) => tf.Tensor2D;
  /** Form of the divergence of clusters. */
  readonly separation?: CauchySchwarzOptions;
  /** Form of the divergence of corners. */
  readonly simplex?: SimplexOptions;
  /** Form of the overlap of clusters. */
  readonly orthogonality?: AssignmentOverlapOptions;
}

/**
 * The clustering loss of a soft assignment as terms of weight 1: clusters that are compact and apart (`separation`), assignments near the corners of
 * the simplex (`simplex`), clusters that are orthogonal (`orthogonality`).
 *
 * @typeParam State - has `assignments`, shape `[m, k]`, rows sum to 1
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 8 to 11
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * interface State { readonly assignments: tf.Tensor2D; readonly latent: tf.Tensor2D }
 * const terms = clusteringTerms<State>({ kernel: ({ latent }) => gaussianKernel(latent) });
 * const assignments = tf.softmax(tf.tensor2d([[3, 0], [2, 1], [0, 4]]));
 * const { total, values } = evaluateTerms(terms, { assignments, latent: assignments });
 * console.log(Object.keys(values)); // separation, simplex, orthogonality
 * tf.dispose([assignments, total, values]);
 * ```
 */
export function clusteringTerms<State extends { readonly assignments: tf.Tensor2D }>({
  kernel: kernelOf,
  separation,
  simplex,
  orthogonality,
}: ClusteringTermOptions<State>): readonly Term<State>[] {
  const kernel = sharedValue(kernelOf);
  return [
    {
      name: 'separation',
      weight: 1,
      value: (state) => cauchySchwarzDivergence(state.assignments, kernel(state), separation),
    },
    {
      name: 'simplex',
      weight: 1,
      value: (state) => simplexDivergence(state.assignments, kernel(state), simplex),
    },
    {
      name: 'orthogonality',
      weight: 1,
      value: ({ assignments }) => assignmentOverlap(assignments, orthogonality),
    },
  ];
}
