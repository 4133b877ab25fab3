import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { unitRows } from '@crossmodal/transforms';
import { nearestNeighbours, type NearestNeighbours } from '@crossmodal/self-expressive';
import type { SampleArray } from '@crossmodal/training';

/** Nearest samples whose mean stands for a modality that a sample lacks. */
const STAND_INS = 10;

/** Samples that are looked through for each of them, at the most. */
const MOST_PER_STAND_IN = 10;

/** One modality. */
interface Part {
  /** Rows of unit length, `[n, d]`, zeros where nothing is known. */
  readonly rows: DenseMatrix<Float32Array>;
  /** 1 where something is known; undefined where all is. */
  readonly known: Float32Array | undefined;
}

/**
 * Neighbours by the sum of the cosines in all modalities.
 *
 * For a modality that a sample lacks stands the mean of the samples that have it and are nearest in the modalities that it has. It is short where these differ, and so counts
 * little: a sample that one modality alone puts beside those of another cluster is drawn back to the majority. Samples that still have nothing
 * in common are no neighbours, so lists may be short.
 *
 * @param data - features `x0`, `x1`, ..., zeros where absent, and presence flags `m0`, ... of modalities that some samples lack
 */
export async function findNeighbours(
  data: Readonly<Record<string, SampleArray>>,
  neighbours: number,
  signal?: AbortSignal,
): Promise<NearestNeighbours> {
  const features = Object.entries(data).filter(([name]) => name.startsWith('x'));
  const parts = features.map(([, { shape, values }], v): Part => {
    const rows = unitRows(denseMatrix(values, shape[0]!, shape[1]!));
    return { rows, known: data[`m${v}`]?.values };
  });
  if (parts.every(({ known }) => known === undefined))
    return nearestNeighbours(joined(parts), { neighbours, signal });
  const most = STAND_INS * Math.min(MOST_PER_STAND_IN, Math.ceil(1 / leastShare(parts)));
  const first = await nearestNeighbours(joined(parts), { neighbours: most, signal });
  const near = withSomethingInCommon(first, parts);
  const filled = parts.map((part) => withStandIns(part, near));
  const found = await nearestNeighbours(joined(filled), { neighbours, signal });
  return withSomethingInCommon(found, filled);
}

/** Share of the samples that have the modality which the fewest have. */
function leastShare(parts: readonly Part[]): number {
  const shares = parts.map(({ known }) =>
    known === undefined ? 1 : known.reduce((sum, flag) => sum + flag, 0) / known.length,
  );
  return Math.min(...shares);
}

/** All modalities side by side. */
function joined(parts: readonly Part[]): DenseMatrix<Float32Array> {
  const n = parts[0]!.rows.rows;
  const width = parts.reduce((sum, { rows }) => sum + rows.columns, 0);
  const values = new Float32Array(n * width);
  let offset = 0;
  for (const { rows } of parts) {
    const { columns } = rows;
    for (let i = 0; i < n; i++)
      values.set(rows.values.subarray(i * columns, (i + 1) * columns), i * width + offset);
    offset += columns;
  }
  return denseMatrix(values, n, width);
}

/** Puts the mean of its near samples in place of what a sample lacks, where one of them has it. */
function withStandIns({ rows, known }: Part, { count, indices }: NearestNeighbours): Part {
  if (known === undefined) return { rows, known };
  const { columns: d } = rows;
  const values = rows.values.slice();
  const filled = known.slice();
  known.forEach((flag, i) => {
    if (flag !== 0) return;
    const near = indices
      .subarray(i * count, (i + 1) * count)
      .filter((j) => j >= 0 && known[j] !== 0)
      .subarray(0, STAND_INS);
    if (near.length === 0) return;
    filled[i] = 1;
    for (const j of near)
      for (let c = 0; c < d; c++) values[i * d + c]! += rows.values[j * d + c]! / near.length;
  });
  return { rows: { ...rows, values }, known: filled };
}

/** Leaves out neighbours that have no modality in common: their cosine is 0, which may be more than that of others. */
function withSomethingInCommon(
  { count, indices }: NearestNeighbours,
  parts: readonly Part[],
): NearestNeighbours {
  const kept = indices.slice().fill(-1);
  const common = (i: number, j: number) =>
    parts.some(({ known }) => known === undefined || (known[i] !== 0 && known[j] !== 0));
  for (let from = 0, i = 0; from < indices.length; from += count, i++) {
    kept.set(
      indices.subarray(from, from + count).filter((j) => j >= 0 && common(i, j)),
      from,
    );
  }
  return { count, indices: kept };
}
