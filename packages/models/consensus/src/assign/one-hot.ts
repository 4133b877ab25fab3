import { denseMatrix, type DenseMatrix } from '@crossmodal/core';

/** Labels of several partitions, each in `0..clusters-1`, as indicators side by side: `[n, partitions * clusters]`. */
export function oneHot(partitions: readonly Int32Array[], clusters: number): DenseMatrix<Float32Array> {
  const n = partitions[0]!.length;
  const columns = partitions.length * clusters;
  const values = new Float32Array(n * columns);
  partitions.forEach((labels, p) =>
    labels.forEach((label, i) => (values[i * columns + p * clusters + label] = 1)),
  );
  return denseMatrix(values, n, columns);
}
