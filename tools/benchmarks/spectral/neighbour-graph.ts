import { csrMatrix, type CsrMatrix, type RandomSource } from '@crossmodal/core';
import { transposeCsr } from '@crossmodal/linalg';

/** Dimensions of the torus on which the vertices of a group lie: about what nearest neighbours of images see. */
const DIMENSIONS = 4;

/** Options of {@link neighbourGraph}. */
export interface NeighbourGraphOptions {
  /** Groups; vertex i is in group i mod `groups`. */
  readonly groups: number;
  /** Edges that each vertex draws; it has about twice as many, since each counts for both ends. */
  readonly edges: number;
  /** Share of the edges that lead anywhere, instead of to a near vertex of the group. */
  readonly across: number;
  /** Components besides the large one, of 2 to 6 vertices each, cut out of the end. */
  readonly fragments: number;
  /** Vertices without edges, the last ones. */
  readonly isolated: number;
  /** Draws everything. */
  readonly random: RandomSource;
}

/** A symmetric graph like that of nearest neighbours: sparse, local, in groups, with fragments and vertices without edges. */
export function neighbourGraph(n: number, options: NeighbourGraphOptions): CsrMatrix {
  const { groups, edges, across, fragments, isolated, random } = options;
  const main = n - isolated - 6 * fragments;
  const side = Math.max(3, Math.round((main / groups) ** (1 / DIMENSIONS)));
  const from: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  const join = (i: number, j: number): void => {
    from.push(i);
    columns.push(j);
    values.push(0.5 + random.uniform());
  };
  const nearby = (i: number): number => {
    const size = Math.floor((main - 1 - (i % groups)) / groups) + 1;
    let step = 1;
    let place = Math.floor(i / groups);
    for (let d = 0; d < DIMENSIONS; d++, step *= side) place += step * (random.integer(3) - 1);
    return (((place % size) + size) % size) * groups + (i % groups);
  };
  for (let i = 0; i < main; i++) {
    for (let e = 0; e < edges; e++) {
      const j = random.uniform() < across ? random.integer(main) : nearby(i);
      if (j !== i) join(i, j);
    }
  }
  for (let f = 0, first = main; f < fragments; f++, first += 6) {
    // The rest of each six is of the large component, by one edge.
    const size = 2 + random.integer(5);
    for (let v = 1; v < size; v++) join(first + v, first + v - 1);
    for (let v = size; v < 6; v++) join(first + v, random.integer(main));
  }
  return symmetrised(n, from, columns, values);
}

/** A + Aᵀ of entries in ascending rows, of each pair once. */
function symmetrised(n: number, from: number[], columns: number[], values: number[]): CsrMatrix {
  const count = from.length;
  const rowOffsets = new Int32Array(n + 1);
  for (let e = 0; e < count; e++) {
    rowOffsets[from[e]! + 1]!++;
    rowOffsets[columns[e]! + 1]!++;
  }
  for (let i = 0; i < n; i++) rowOffsets[i + 1]! += rowOffsets[i]!;
  const next = rowOffsets.slice(0, n);
  const loose = { columns: new Int32Array(2 * count), values: new Float64Array(2 * count) };
  const put = (i: number, j: number, value: number): void => {
    loose.columns[next[i]!] = j;
    loose.values[next[i]!++] = value;
  };
  for (let e = 0; e < count; e++) {
    put(from[e]!, columns[e]!, values[e]!);
    put(columns[e]!, from[e]!, values[e]!);
  }
  // Two transpositions sort the columns of each row.
  const once = transposeCsr({
    kind: 'csr',
    rows: n,
    columns: n,
    rowOffsets,
    columnIndices: loose.columns,
    values: loose.values,
  });
  return merged(transposeCsr(once));
}

/** Adds up entries of one place, which follow each other. */
function merged({ rows: n, rowOffsets, columnIndices, values }: CsrMatrix<Float64Array>): CsrMatrix {
  const offsets = new Int32Array(n + 1);
  let q = 0;
  for (let i = 0; i < n; i++) {
    const first = q;
    for (let p = rowOffsets[i]!; p < rowOffsets[i + 1]!; p++) {
      if (q > first && columnIndices[q - 1] === columnIndices[p]) values[q - 1]! += values[p]!;
      else {
        columnIndices[q] = columnIndices[p]!;
        values[q++] = values[p]!;
      }
    }
    offsets[i + 1] = q;
  }
  return csrMatrix(n, n, offsets, columnIndices.slice(0, q), values.slice(0, q));
}
