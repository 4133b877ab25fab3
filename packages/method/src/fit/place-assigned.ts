import { denseMatrix, restoreRows, type DenseMatrix, type Modality } from '@crossmodal/core';
import type { Assigned } from '../recipe/readout.js';
import { labelsInPlace } from './labels-in-place.js';

/** Results of a readout in both orders of the rows. */
export interface PlacedAssignment {
  /** In the order of the data. */
  readonly labels: Int32Array;
  readonly embedding: DenseMatrix<Float64Array>;
  readonly memberships: DenseMatrix<Float32Array> | undefined;
  /** In canonical order, in which a readout's state has its rows. */
  readonly canonical: { readonly labels: Int32Array; readonly embedding: DenseMatrix<Float64Array> };
}

/** Puts what a readout found for rows in canonical order back into the order of the data. */
export function placeAssigned(
  { labels, embedding, memberships, dependsOnOthers = false }: Assigned<unknown>,
  {
    order,
    modalities,
    clusters,
  }: { readonly order: Int32Array; readonly modalities: readonly Modality[]; readonly clusters: number },
): PlacedAssignment {
  const placed = dependsOnOthers
    ? labelsInPlace(labels, order, modalities, clusters)
    : labelsInPlace(labels, order);
  const { rows, columns, values } = embedding;
  const wide = denseMatrix(Float64Array.from(values), rows, columns);
  return {
    labels: placed,
    embedding: restoreRows(wide, order),
    memberships: memberships && restoreRows(memberships, order),
    canonical: { labels: Int32Array.from(order, (row) => placed[row]!), embedding: wide },
  };
}
