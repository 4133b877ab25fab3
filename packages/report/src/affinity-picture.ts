import { CrossmodalError, type Matrix } from '@crossmodal/core';
import type { ClusterGroup } from './cluster-groups.js';
import type { Picture } from './png.js';

/** How an affinity becomes a picture. */
export interface AffinityPictureOptions {
  /** Longest side in pixels; objects are pooled in blocks when there are more. @defaultValue 560 */
  readonly size?: number;
  /** Exponent on the pooled affinity; below 1 it lifts weak links into sight. @defaultValue 0.4 */
  readonly gamma?: number;
}

/** A picture of an affinity, objects ordered by cluster. */
export interface AffinityPicture extends Picture {
  /** Share of the total affinity that lies inside clusters, `0..1`; 1 when there is none at all. */
  readonly insideShare: number;
}

const INSIDE = [62, 114, 232] as const;
const ACROSS = [232, 104, 28] as const;

/**
 * Draws an affinity with its rows and columns ordered by cluster: links inside a cluster in one colour, links across clusters in
 * another, stronger ones more opaque. The background is transparent, so that the picture suits light and dark pages.
 *
 * A pixel's opacity is `(m / r)^gamma`, cut at 1, with `m` its mean |affinity| and `r` the 95th percentile of the pixels that hold any.
 *
 * @param affinity - shape `[n, n]`; the diagonal is left out
 * @param groups - the clusters in the order to draw them, which hold every object once
 * @throws CrossmodalError `shape` when the affinity is not `[n, n]` for the `n` objects of the groups.
 */
export function affinityPicture(
  affinity: Matrix,
  groups: readonly ClusterGroup[],
  options: AffinityPictureOptions = {},
): AffinityPicture {
  const { size = 560, gamma = 0.4 } = options;
  const n = groups.reduce((sum, group) => sum + group.members.length, 0);
  if (n === 0 || affinity.rows !== n || affinity.columns !== n) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'affinityPicture',
      expected: `an affinity of ${n} x ${n}, one row an object, and one object at least`,
      received: `${affinity.rows} x ${affinity.columns}`,
    });
  }
  const side = Math.min(n, size);
  const pixelOf = new Int32Array(n);
  const groupOf = new Int32Array(n);
  let rank = 0;
  groups.forEach(({ members }, group) => {
    for (const object of members) {
      pixelOf[object] = Math.floor((rank++ * side) / n);
      groupOf[object] = group;
    }
  });

  const inside = new Float64Array(side * side);
  const across = new Float64Array(side * side);
  let insideTotal = 0;
  let total = 0;
  forEachEntry(affinity, (i, j, value) => {
    const strength = Math.abs(value);
    const same = groupOf[i] === groupOf[j];
    const pixel = pixelOf[i]! * side + pixelOf[j]!;
    if (same) {
      inside[pixel]! += strength;
      insideTotal += strength;
    } else {
      across[pixel]! += strength;
    }
    total += strength;
  });

  const reference = percentile(inside, across);
  const rgba = new Uint8Array(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const sum = inside[pixel]! + across[pixel]!;
    if (sum === 0) continue;
    const share = inside[pixel]! / sum;
    for (let c = 0; c < 3; c++)
      rgba[pixel * 4 + c] = Math.round(share * INSIDE[c]! + (1 - share) * ACROSS[c]!);
    rgba[pixel * 4 + 3] = Math.round(255 * Math.min(1, (sum / reference) ** gamma));
  }
  return { width: side, height: side, rgba, insideShare: total === 0 ? 1 : insideTotal / total };
}

function forEachEntry(matrix: Matrix, visit: (i: number, j: number, value: number) => void): void {
  for (let i = 0; i < matrix.rows; i++) {
    if (matrix.kind === 'dense') {
      for (let j = 0; j < matrix.columns; j++) {
        const value = matrix.values[i * matrix.columns + j]!;
        if (j !== i && value !== 0) visit(i, j, value);
      }
    } else {
      for (let p = matrix.rowOffsets[i]!; p < matrix.rowOffsets[i + 1]!; p++) {
        const j = matrix.columnIndices[p]!;
        if (j !== i) visit(i, j, matrix.values[p]!);
      }
    }
  }
}

/** The 95th percentile, not the maximum, so that a few extreme links do not fade all others. */
function percentile(inside: Float64Array, across: Float64Array): number {
  const sums = inside.map((value, pixel) => value + across[pixel]!).filter((value) => value > 0);
  if (sums.length === 0) return 1;
  sums.sort();
  return sums[Math.min(sums.length - 1, Math.floor(0.95 * sums.length))]!;
}
