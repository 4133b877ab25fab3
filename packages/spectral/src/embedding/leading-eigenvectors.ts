import {
  largestEigenRows,
  type EigenRowOptions,
  type EigenRows,
  type SymmetricOperator,
} from '@crossmodal/linalg';
import type { ComponentEigenvectors } from './component-eigenvectors.js';

/** Options of {@link leadingEigenvectors}. */
export interface LeadingEigenvectorOptions extends Required<
  Pick<EigenRowOptions, 'count' | 'random' | 'tolerance' | 'rowOrder' | 'importance' | 'where'>
> {
  /** Eigenvectors of eigenvalue 1. */
  readonly components: ComponentEigenvectors;
  /** Stops the search between products. */
  readonly signal: AbortSignal | undefined;
}

/** The largest eigenpairs of a normalised adjacency: those of the components are written down, and the others sought beside them. */
export function leadingEigenvectors(
  operator: SymmetricOperator,
  { components: { vectors, more }, signal, ...search }: LeadingEigenvectorOptions,
): EigenRows {
  // Components alone fill the columns.
  if (more) return written(vectors, operator.size);
  return largestEigenRows(operator, {
    ...search,
    known: { value: 1, vectors },
    // A graph that nearly falls apart has many eigenvalues near 1, closer together than an iteration can tell.
    thorough: true,
    ...(signal === undefined ? {} : { signal }),
  });
}

function written(vectors: readonly Float64Array[], n: number): EigenRows {
  const rows = new Float64Array(vectors.length * n);
  vectors.forEach((vector, c) => rows.set(vector, c * n));
  return { values: new Float64Array(vectors.length).fill(1), rows };
}
