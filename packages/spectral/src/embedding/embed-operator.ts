import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { columnsWithFixedSigns, type SymmetricOperator } from '@crossmodal/linalg';
import type { ConnectedComponents } from '../graph/connected-components.js';
import { vertexOrder } from '../graph/vertex-order.js';
import { componentEigenvectors } from './component-eigenvectors.js';
import { leadingEigenvectors, type LeadingEigenvectorOptions } from './leading-eigenvectors.js';

/** Options of {@link embedOperator}. */
export interface OperatorEmbeddingOptions extends Pick<
  LeadingEigenvectorOptions,
  'random' | 'tolerance' | 'where' | 'signal'
> {
  /** Degrees of the vertices, `[n]`, above 0. */
  readonly degree: Float64Array;
  /** The connected components. */
  readonly components: ConnectedComponents;
  /** Eigenvectors, `1..n`. */
  readonly count: number;
  /** Weight of each eigenvector by the eigenvalues. */
  readonly weigh: (values: Float64Array) => Float64Array;
  /** Factor of each row, `[n]`. @defaultValue 1 */
  readonly rowFactors?: Float64Array | undefined;
}

/** Weighted eigenvectors as rows of vertices. */
export interface EmbeddedOperator {
  /** Shape `[n, count]`. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Descending, `[count]`. */
  readonly eigenvalues: Float64Array;
  /** The vertices in an order that follows them when they are renumbered, `[n]`. */
  readonly rowOrder: Int32Array;
}

/**
 * The leading eigenvectors of a normalised adjacency, known by its products, each times its weight. Those of the connected components are written
 * down, not searched for.
 *
 * @param operator - `D^(-1/2) A D^(-1/2)`
 */
export function embedOperator(
  operator: SymmetricOperator,
  { degree, components, count, weigh, rowFactors, ...search }: OperatorEmbeddingOptions,
): EmbeddedOperator {
  const n = operator.size;
  const rowOrder = vertexOrder(operator, degree);
  const { values: eigenvalues, rows } = leadingEigenvectors(operator, {
    ...search,
    ...{ count, rowOrder, importance: weigh },
    components: componentEigenvectors(components, degree, rowOrder, count),
  });
  const columns = columnsWithFixedSigns(rows, count, n);
  const weights = weigh(eigenvalues);
  for (let i = 0; i < n; i++) {
    const factor = rowFactors?.[i] ?? 1;
    for (let j = 0; j < count; j++) columns[i * count + j]! *= factor * weights[j]!;
  }
  return { embedding: denseMatrix(columns, n, count), eigenvalues, rowOrder };
}
