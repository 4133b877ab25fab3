import type { MultiModalData } from '@crossmodal/core';
import type { Warning } from '../warnings.js';

/** How many times as large as the smallest the largest cluster may be before it is told. */
const UNEQUAL = 20;

/**
 * What is odd about the clusters found: fewer than were asked for, or of very unequal sizes, which methods that expect clusters of
 * comparable size find badly.
 */
export function inspectClusters(
  method: string,
  data: MultiModalData,
  clusters: number,
  labels: Int32Array,
): readonly Warning[] {
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const warnings: Warning[] = [];
  if (sizes.size < clusters) {
    const distinct = distinctObjects(data, clusters);
    const why = distinct < clusters ? `, since only ${distinct} of ${data.n} objects differ` : '';
    const message = `${sizes.size} of the ${clusters} clusters asked for were found${why}.`;
    warnings.push({ code: 'fewer-clusters', message });
  }
  const [least, most] = [Math.min(...sizes.values()), Math.max(...sizes.values())];
  if (most >= UNEQUAL * least) {
    const message =
      `clusters have from ${least} to ${most} objects; ${method} expects clusters of comparable size, ` +
      'so compare with fewer clusters or another method.';
    warnings.push({ code: 'unequal-clusters', message });
  }
  return warnings;
}

/** How many objects differ from all before them, counted up to `most`. */
function distinctObjects(data: MultiModalData, most: number): number {
  const seen = new Set<string>();
  const add = (rows: readonly string[]) => seen.add(JSON.stringify(rows));
  const rowOf = ({ features, present }: MultiModalData['modalities'][number], i: number): string =>
    present?.[i] === 0
      ? ''
      : features.values.subarray(i * features.columns, (i + 1) * features.columns).join();
  if (data.kind === 'paired') {
    for (let i = 0; i < data.n && seen.size < most; i++)
      add(data.modalities.map((modality) => rowOf(modality, i)));
    return seen.size;
  }
  for (const modality of data.modalities) {
    for (let i = 0; i < modality.features.rows && seen.size < most; i++)
      add([modality.name, rowOf(modality, i)]);
  }
  return seen.size;
}
