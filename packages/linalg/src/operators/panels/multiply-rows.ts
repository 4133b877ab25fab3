import type { CsrMatrix } from '@crossmodal/core';
import { PANEL } from './panel-kernel.js';

/** α, β and γ of `y = α M x + β x + γ y`. */
export type Factors = readonly [number, number, number];

/** `y = α M x + β x + γ y` for panels x and y, to the last bit what the machine code computes. */
export function multiplyRows(
  { rows: n, rowOffsets, columnIndices, values }: CsrMatrix<Float64Array>,
  x: Float64Array,
  y: Float64Array,
  [alpha, beta, gamma]: Factors,
): void {
  const sums = new Float64Array(PANEL);
  for (let i = 0; i < n; i++) {
    sums.fill(0);
    for (let p = rowOffsets[i]!; p < rowOffsets[i + 1]!; p++) {
      const value = values[p]!;
      const base = PANEL * columnIndices[p]!;
      for (let k = 0; k < PANEL; k++) sums[k]! += value * x[base + k]!;
    }
    const own = PANEL * i;
    for (let k = 0; k < PANEL; k++) y[own + k] = alpha * sums[k]! + beta * x[own + k]! + gamma * y[own + k]!;
  }
}
