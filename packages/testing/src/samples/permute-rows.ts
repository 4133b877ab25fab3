import { denseMatrix, type Mixed, type Modality, type Paired } from '@crossmodal/core';

/**
 * Data with objects in another order: row `i` of the result is row `order[i]` of the data; rows may be left out or repeated. Rows of mixed
 * data are numbered modality after modality, and stay in their modality.
 */
export function permuteRows<T extends Paired | Mixed>(data: T, order: ArrayLike<number>): T;
export function permuteRows(data: Paired | Mixed, order: ArrayLike<number>): Paired | Mixed {
  const { modalities } = data;
  if (data.kind === 'paired') {
    return { ...data, n: order.length, modalities: modalities.map((modality) => permuted(modality, order)) };
  }
  let start = 0;
  const parts = modalities.map((modality) => {
    const end = start + modality.features.rows;
    const own = Array.from(order).filter((row) => row >= start && row < end);
    const part = permuted(
      modality,
      own.map((row) => row - start),
    );
    start = end;
    return part;
  });
  return { ...data, n: order.length, modalities: parts };
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
