import type { CsrMatrix } from '@crossmodal/core';
import { transposeCsr } from '../sparse/transpose-csr.js';
import { panelFilter, type PanelFilter } from './panels/panel-filter.js';
import { panelPartitions } from './panels/panel-partitions.js';
import { scaleWeight } from './scale-weight.js';
import type { SymmetricOperator } from './symmetric-operator.js';
import { addPartition, type WeightedPartition } from './weighted-partition.js';

/** Options of {@link sparseOperator}. */
export interface SparseOperatorOptions {
  /** Threads that share the polynomials. @defaultValue 1 */
  readonly threads?: number;
  /** Partitions that are a low-rank part of the matrix. @defaultValue none */
  readonly partitions?: readonly WeightedPartition[];
}

/**
 * The operator of diag(s) (M + Mᵀ)/2 diag(s) for a sparse M, with a low-rank part or without; products gather along the rows. Polynomials of it are applied to eight vectors at a
 * time, in machine code where the host has 128-bit WebAssembly.
 */
export function sparseOperator(
  matrix: CsrMatrix,
  scale?: Float64Array,
  { threads = 1, partitions = [] }: SparseOperatorOptions = {},
): SymmetricOperator {
  const { rows: n, rowOffsets, columnIndices } = matrix;
  const scaled = scaledValues(matrix, scale);
  const mirrored = isSymmetric(matrix) ? undefined : transposeCsr({ ...matrix, values: scaled });
  const half = mirrored === undefined ? 1 : 0.5;
  let panels: PanelFilter | undefined;
  return {
    size: n,
    multiply(input, output, count) {
      for (let c = 0; c < count; c++) {
        const x = input.subarray(c * n, c * n + n);
        const y = output.subarray(c * n, c * n + n);
        y.fill(0);
        addProduct(rowOffsets, columnIndices, scaled, half, x, y);
        if (mirrored !== undefined)
          addProduct(mirrored.rowOffsets, mirrored.columnIndices, mirrored.values, half, x, y);
        for (const partition of partitions) addPartition(partition, scale, x, y);
      }
    },
    filter(vectors, count, degree, interval) {
      panels ??= panelFilter(symmetrised(matrix, scaled, mirrored), {
        threads,
        addTo: partitions.length === 0 ? undefined : panelPartitions(partitions, n, scale),
      });
      panels.filter(vectors, count, degree, interval);
    },
    release: () => panels?.release(),
  };
}

/** (M + Mᵀ)/2, the entries of both halves of a row one after the other. */
function symmetrised(
  matrix: CsrMatrix,
  values: Float64Array,
  mirrored: CsrMatrix<Float64Array> | undefined,
): CsrMatrix<Float64Array> {
  if (mirrored === undefined) return { ...matrix, values };
  const { rows, columns } = matrix;
  const [a, b] = [matrix.rowOffsets, mirrored.rowOffsets];
  const rowOffsets = a.map((offset, i) => offset + b[i]!);
  const columnIndices = new Int32Array(rowOffsets[rows]!);
  const both = new Float64Array(rowOffsets[rows]!);
  for (let i = 0; i < rows; i++) {
    const [first, second] = [rowOffsets[i]!, rowOffsets[i]! + a[i + 1]! - a[i]!];
    columnIndices.set(matrix.columnIndices.subarray(a[i]!, a[i + 1]!), first);
    columnIndices.set(mirrored.columnIndices.subarray(b[i]!, b[i + 1]!), second);
    for (let p = a[i]!; p < a[i + 1]!; p++) both[first + p - a[i]!] = 0.5 * values[p]!;
    for (let p = b[i]!; p < b[i + 1]!; p++) both[second + p - b[i]!] = 0.5 * mirrored.values[p]!;
  }
  return { kind: 'csr', rows, columns, rowOffsets, columnIndices, values: both };
}

function addProduct(
  offsets: Int32Array,
  columns: Int32Array,
  values: ArrayLike<number>,
  factor: number,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let i = 0; i < y.length; i++) {
    let sum = 0;
    for (let p = offsets[i]!; p < offsets[i + 1]!; p++) sum += values[p]! * x[columns[p]!]!;
    y[i]! += factor * sum;
  }
}

function scaledValues(matrix: CsrMatrix, scale: Float64Array | undefined): Float64Array {
  const { rows, rowOffsets, columnIndices } = matrix;
  const scaled = Float64Array.from(matrix.values);
  if (scale === undefined) return scaled;
  for (let i = 0; i < rows; i++) {
    for (let p = rowOffsets[i]!; p < rowOffsets[i + 1]!; p++)
      scaled[p] = scaleWeight(scaled[p]!, scale[i]!, scale[columnIndices[p]!]!);
  }
  return scaled;
}

function isSymmetric(matrix: CsrMatrix): boolean {
  const mirrored = transposeCsr(matrix);
  for (let p = 0; p < matrix.values.length; p++) {
    if (matrix.values[p] !== mirrored.values[p] || matrix.columnIndices[p] !== mirrored.columnIndices[p])
      return false;
  }
  return matrix.rowOffsets.every((offset, i) => offset === mirrored.rowOffsets[i]);
}
