import { graphClusters } from '@crossmodal/alignment';
import { denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { graphRecipes } from '@crossmodal/self-expressive';
import { kMeans } from '@crossmodal/spectral';
import { assign, directions, type Assignment } from './assignment.js';
import type { ResolvedDm2cOptions } from './dm2c-options.js';

/** What {@link clusterUnified} takes beside the latents. */
export interface ClusterUnifiedOptions {
  readonly resolved: ResolvedDm2cOptions;
  readonly clusters: number;
  /** What `readout: 'auto'` came to; the paper's preset has k-means. */
  readonly readout: 'graph' | 'k-means';
  readonly anchor: number;
  /** Modalities whose samples make the clusters; others join them. */
  readonly live: readonly number[];
  readonly random: RandomSource;
  readonly pause: (step: number, steps: number) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** Clusters, and how new samples find theirs. */
export interface UnifiedClusters {
  /** Modality after modality. */
  readonly labels: Int32Array;
  readonly assignment: Assignment;
}

/**
 * Clusters of unified latents: k-means on them, or on the spectral coordinates of a self-expression graph of their directions.
 */
export async function clusterUnified(
  unified: readonly DenseMatrix<Float32Array>[],
  options: ClusterUnifiedOptions,
): Promise<UnifiedClusters> {
  const { resolved, clusters, anchor, live, random, pause, signal } = options;
  const together = join(live.map((v) => unified[v]!));
  if (resolved.preset === 'paper' || options.readout === 'k-means') {
    await pause(0, 1);
    const { centroids } = kMeans(together, {
      clusters,
      random,
      restarts: resolved.restarts,
      ...(signal ? { signal } : {}),
    });
    await pause(1, 1);
    const assignment: Assignment = { kind: 'centres', centres: centroids };
    return { labels: joinLabels(unified.map((part) => assign(part, assignment))), assignment };
  }
  const middle = meanRow(unified[anchor]!);
  const rows = directions(together, middle);
  const { width, ridgeReference, extraEigenvectors, bandwidth, restarts, neighbours } = resolved;
  const labels = await graphClusters(rows, {
    clusters,
    recipes: graphRecipes(resolved.graphs),
    width,
    ridgeReference,
    extraEigenvectors,
    bandwidth,
    restarts,
    random,
    pause,
    signal,
  });
  const assignment: Assignment = { kind: 'neighbours', middle, rows, labels, neighbours, clusters };
  let start = 0;
  const parts = unified.map((part, v) => {
    if (!live.includes(v)) return assign(part, assignment);
    start += part.rows;
    return labels.subarray(start - part.rows, start);
  });
  return { labels: joinLabels(parts), assignment };
}

function join(parts: readonly DenseMatrix<Float32Array>[]): DenseMatrix<Float32Array> {
  const { columns } = parts[0]!;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const values = new Float32Array(rows * columns);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return denseMatrix(values, rows, columns);
}

function meanRow({ rows, columns, values }: DenseMatrix<Float32Array>): Float64Array {
  const mean = new Float64Array(columns);
  values.forEach((value, p) => {
    mean[p % columns]! += value / rows;
  });
  return mean;
}

function joinLabels(parts: readonly Int32Array[]): Int32Array {
  return Int32Array.from(parts.flatMap((part) => Array.from(part)));
}
