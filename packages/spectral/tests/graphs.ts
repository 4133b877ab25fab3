import {
  csrMatrix,
  denseMatrix,
  type CsrMatrix,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';

/** A graph of `groups` planted groups: vertex i is in group i mod `groups`; weights are 0.5..1.5, edges within are sure. */
export function plantedGraph(
  n: number,
  groups: number,
  across: number,
  random: RandomSource,
): DenseMatrix<Float64Array> {
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const edge = i % groups === j % groups || random.uniform() < across;
      const weight = 0.5 + random.uniform();
      values[i * n + j] = values[j * n + i] = edge ? weight : 0;
    }
  }
  return denseMatrix(values, n, n);
}

/** `copies` times the same connected graph side by side. */
export function equalComponents(
  size: number,
  copies: number,
  random: RandomSource,
): DenseMatrix<Float64Array> {
  const n = size * copies;
  const block = plantedGraph(size, 1, 0, random).values;
  const values = new Float64Array(n * n);
  for (let c = 0; c < copies; c++) {
    for (let i = 0; i < size; i++)
      values.set(block.subarray(i * size, (i + 1) * size), (c * size + i) * n + c * size);
  }
  return denseMatrix(values, n, n);
}

/** Row r of the result is row `order[r]`; columns likewise when square. */
export function permuted(
  matrix: DenseMatrix,
  order: ArrayLike<number>,
  columnsToo: boolean,
): DenseMatrix<Float64Array> {
  const { rows, columns, values } = matrix;
  const moved = Float64Array.from(values, (_, p) => {
    const j = p % columns;
    return values[order[Math.floor(p / columns)]! * columns + (columnsToo ? order[j]! : j)]!;
  });
  return denseMatrix(moved, rows, columns);
}

/** Labels in the order in which they first occur, so that equal partitions are equal arrays. */
export function partition(labels: ArrayLike<number>): number[] {
  const names = new Map<number, number>();
  return Array.from(labels, (label) => {
    if (!names.has(label)) names.set(label, names.size);
    return names.get(label)!;
  });
}

/** A graph of connected blocks with no edge between them, its vertices in random order, and the block of each vertex. */
export interface BlockGraph {
  /** Weights 0.5..1.5, `[n, n]`. */
  readonly affinity: DenseMatrix<Float64Array>;
  /** Block of each vertex, `[n]`. */
  readonly blocks: Int32Array;
}

/** Blocks of the given sizes: a path through each, further edges with probability `density`, loops in some with `loops`. */
export function blockGraph(
  sizes: readonly number[],
  { density, loops, random }: { density: number; loops: boolean; random: RandomSource },
): BlockGraph {
  const n = sizes.reduce((a, b) => a + b, 0);
  const place = random.permutation(n);
  const values = new Float64Array(n * n);
  const blocks = new Int32Array(n);
  let first = 0;
  sizes.forEach((size, block) => {
    const looped = loops && random.uniform() < 0.5;
    for (let a = 0; a < size; a++) {
      const i = place[first + a]!;
      blocks[i] = block;
      if (looped) values[i * n + i] = 0.5 + random.uniform();
      for (let b = 0; b < a; b++) {
        const j = place[first + b]!;
        if (b === a - 1 || random.uniform() < density)
          values[i * n + j] = values[j * n + i] = 0.5 + random.uniform();
      }
    }
    first += size;
  });
  return { affinity: denseMatrix(values, n, n), blocks };
}

/** A sparse graph of `groups` groups, vertex i in group i mod `groups`: 4 random edges from each vertex, one in fifty out of its group; the last `isolated` vertices have none. */
export function sparseGroups(
  n: number,
  { groups, isolated, random }: { groups: number; isolated: number; random: RandomSource },
): CsrMatrix {
  const rows = Array.from({ length: n }, () => new Map<number, number>());
  const main = n - isolated;
  for (let i = 0; i < main; i++) {
    for (let edge = 0; edge < 4; edge++) {
      const group = random.uniform() < 0.02 ? random.integer(groups) : i % groups;
      const j = Math.min(group + groups * random.integer(Math.floor(main / groups)), main - 1);
      if (j === i) continue;
      const weight = 0.5 + random.uniform();
      rows[i]!.set(j, weight);
      rows[j]!.set(i, weight);
    }
  }
  const entries = rows.map((row) => [...row].sort((a, b) => a[0] - b[0]));
  const offsets = new Int32Array(n + 1);
  entries.forEach((row, i) => (offsets[i + 1] = offsets[i]! + row.length));
  return csrMatrix(
    n,
    n,
    offsets,
    Int32Array.from(entries.flat(), ([column]) => column),
    Float64Array.from(entries.flat(), ([, value]) => value),
  );
}
