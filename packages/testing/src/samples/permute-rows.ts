import { denseMatrix, type Modality, type Paired } from '@crossmodal/core';

/** Paired data with its objects in another order: row `i` of the result is row `order[i]` of the data. */
export function permuteRows(data: Paired, order: ArrayLike<number>): Paired {
  return {
    kind: 'paired',
    n: order.length,
    modalities: data.modalities.map((modality) => permuted(modality, order)),
  };
}

function permuted(modality: Modality, order: ArrayLike<number>): Modality {
  const { columns, values } = modality.features;
  const moved = new Float32Array(order.length * columns);
  for (let i = 0; i < order.length; i++) {
    moved.set(values.subarray(order[i]! * columns, (order[i]! + 1) * columns), i * columns);
  }
  const features = denseMatrix(moved, order.length, columns);
  if (modality.present === undefined) return { ...modality, features };
  const { present } = modality;
  return { ...modality, features, present: Uint8Array.from(order, (row) => present[row]!) };
}
