import { CrossmodalError, type DenseMatrix } from '@crossmodal/core';
import { checkPositive } from './check-positive.js';

/** Refuses labels that are not one integer in `0..clusters-1` per row. */
export function checkLabels(
  where: string,
  rows: DenseMatrix,
  labels: ArrayLike<number>,
  clusters: number,
): void {
  checkPositive(where, { clusters });
  if (labels.length !== rows.rows) {
    refuse(where, 'shape', `${rows.rows} labels, one per row`, String(labels.length));
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    if (Number.isInteger(label) && label >= 0 && label < clusters) continue;
    refuse(where, 'value', `labels in 0..${clusters - 1}`, `${label} in row ${i}`);
  }
}

function refuse(where: string, code: 'shape' | 'value', expected: string, received: string): never {
  throw new CrossmodalError({ code, where, expected, received });
}
