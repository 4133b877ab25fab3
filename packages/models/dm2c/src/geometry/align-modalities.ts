import { denseMatrix, type DenseMatrix, type Modality, type RandomSource } from '@crossmodal/core';
import { unitRows } from '@crossmodal/transforms';
import { matchByGeometry } from '@crossmodal/fusion';
import type { ResolvedDefaultOptions } from '../dm2c-options.js';
import type { NetworkStart } from '../network/mixed-network.js';
import { clusterMeans, clusterSizes } from './cluster-means.js';
import { clusterStability } from './cluster-stability.js';
import { decoderOf } from './decoder-of.js';
import { columnMeans, deviation, minusRow, projected, scaled, type LinearMap } from './linear-map.js';
import { graphClusters, kernelRows } from './modality-clusters.js';
import { layoutAgrees } from './layout-agrees.js';
import { procrustes } from './procrustes.js';
import { discriminantBasis, principalBasis, whitenedBasis } from './whitened-basis.js';

/** What alignment works on. */
export interface AlignmentInput {
  readonly modalities: readonly Modality[];
  /** What encoders see. */
  readonly features: readonly DenseMatrix<Float32Array>[];
  readonly clusters: number;
  readonly resolved: ResolvedDefaultOptions;
  readonly random: RandomSource;
  readonly pause: (step: number, steps: number) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/** What each modality shows by itself. */
export interface ModalityViews {
  /** Rows of unit length. */
  readonly rows: readonly DenseMatrix<Float32Array>[];
  /** Clusters inside each modality. */
  readonly labels: readonly Int32Array[];
  /** How stable they are. */
  readonly stabilities: readonly number[];
}

/** Clusters every modality by itself, and tells how far its clusters can be trusted. */
export async function viewModalities(input: AlignmentInput): Promise<ModalityViews> {
  const { modalities, features, clusters, resolved, random, pause, signal } = input;
  const rows = modalities.map((modality, v) =>
    modality.kind === 'images' ? unitRows(features[v]!) : kernelRows(modality.features),
  );
  const labels: Int32Array[] = [];
  const stabilities: number[] = [];
  for (const [v, own] of rows.entries()) {
    await pause(v, rows.length);
    labels.push(
      await graphClusters(
        { features: own },
        {
          resolved,
          clusters,
          random: random.fork(`clusters ${v}`),
          pause: () => pause(v, rows.length),
          signal,
        },
      ),
    );
    const seen = modalities[v]!.kind === 'images' ? own : features[v]!;
    stabilities.push(clusterStability(seen, clusters, random.fork(`stability ${v}`)));
  }
  await pause(rows.length, rows.length);
  return { rows, labels, stabilities };
}

/** Modalities stable enough to be matched, the anchor and at least one more among them, ascending. */
export function stableModalities(stabilities: readonly number[], anchor: number, share: number): number[] {
  const order = stabilities.map((_, v) => v).sort((a, b) => stabilities[b]! - stabilities[a]! || a - b);
  const floor = share * stabilities[order[0]!]!;
  const second = order.find((v) => v !== anchor);
  return order.filter((v) => v === anchor || v === second || stabilities[v]! >= floor).sort((a, b) => a - b);
}

/**
 * One basis for all: principal directions of all features together, each generator stretching every direction to the deviation it has in the other
 * modality.
 *
 * @returns undefined when the clusters of a modality do not lie where this would put them
 */
export function alignByPixels(
  input: AlignmentInput,
  { rows, labels }: ModalityViews,
  anchor: number,
  live: readonly number[],
): NetworkStart | undefined {
  const { features, clusters, resolved, random } = input;
  const means = rows.map((own, v) => clusterMeans(own, labels[v]!, clusters));
  const agree = live.every(
    (v) => v === anchor || layoutAgrees(means[anchor]!, means[v]!, random.fork(`layout ${v}`)),
  );
  if (resolved.alignment === 'auto' && !agree) return undefined;
  const stacked = stack(features);
  const basis = principalBasis(stacked, resolved.latentSize, random.fork('basis'));
  const weights = scaled(basis, 1 / deviation(projected(stacked, basis)));
  const encoder = { weights, offsets: new Float64Array(weights.columns) };
  const latents = features.map((own) => projected(own, weights));
  const spreads = latents.map(columnDeviations);
  const maps = others(features, anchor).map((v) => ({
    to: stretch(spreads[v]!, spreads[anchor]!),
    from: stretch(spreads[anchor]!, spreads[v]!),
  }));
  const decoders = features.map((own, v) => decoderOf(latents[v]!, own));
  return { encoders: features.map(() => encoder), decoders, maps };
}

/** Ridges of the whitening that are tried; undefined keeps Euclid's distances of all features. */
const RIDGES = [undefined, 0.1, 1] as const;

/**
 * A basis of its own for each modality, in which its clusters are round and far apart; generators are the rotations that bring the centres of matched clusters
 * onto each other. Clusters are matched by the distances between their centres, in the geometry whose best match stands out most.
 * Features are taken as they are: centred, and of unit length before that where rows are compared by angle.
 */
export function alignByGeometry(
  input: AlignmentInput,
  { labels }: ModalityViews,
  anchor: number,
  live: readonly number[],
): NetworkStart {
  const { features: seen, clusters, random } = input;
  const q = Math.max(1, Math.min(clusters - 1, ...seen.map((own) => Math.min(own.columns, own.rows))));
  const principal = seen.map((own, v) => principalBasis(own, q, random.fork(`basis ${v}`)));
  const basisOf = (v: number, ridge: number) =>
    whitenedBasis(seen[v]!, principal[v]!, labels[v]!, clusters, ridge);
  const rest = others(seen, anchor);
  const sizes = labels.map((own) => clusterSizes(own, clusters));
  const trials = RIDGES.map((ridge) => {
    const centres = seen.map((own, v) =>
      clusterMeans(ridge === undefined ? own : projected(own, basisOf(v, ridge)), labels[v]!, clusters),
    );
    const matches = rest.map((v) =>
      matchByGeometry(centres[anchor]!, centres[v]!, {
        random: random.fork(`match ${v}`),
        weights: [sizes[anchor]!, sizes[v]!],
      }),
    );
    const doubts = matches.flatMap(({ cost, runnerUp }, m) =>
      live.includes(rest[m]!)
        ? [runnerUp === Infinity ? 0 : cost / Math.max(runnerUp, Number.MIN_VALUE)]
        : [],
    );
    const doubt = doubts.reduce((sum, value) => sum + value, 0) / Math.max(1, doubts.length);
    return { matches, doubt };
  });
  const { matches } = trials.reduce((best, trial) => (trial.doubt < best.doubt ? trial : best));

  const encoders = seen.map((own, v): LinearMap => {
    const basis = discriminantBasis(own, labels[v]!, clusters, q, random.fork(`latent ${v}`));
    const weights = scaled(basis, 1 / deviation(projected(own, basis)));
    return { weights, offsets: new Float64Array(weights.columns) };
  });
  const latents = seen.map((own, v) => projected(own, encoders[v]!.weights));
  const centres = latents.map((own, v) => clusterMeans(own, labels[v]!, clusters));
  const maps = rest.map((v, m) => {
    const { columns, values } = centres[v]!;
    const matched = Array.from(matches[m]!.match, (c) => [
      ...values.subarray(c * columns, (c + 1) * columns),
    ]);
    return procrustes(centres[anchor]!, denseMatrix(Float64Array.from(matched.flat()), clusters, columns));
  });
  const decoders = seen.map((own, v) => decoderOf(latents[v]!, own));
  return { encoders, decoders, maps };
}

function others(features: readonly unknown[], anchor: number): number[] {
  return features.map((_, v) => v).filter((v) => v !== anchor);
}

function stack(features: readonly DenseMatrix<Float32Array>[]): DenseMatrix<Float32Array> {
  const rows = features.reduce((sum, own) => sum + own.rows, 0);
  const { columns } = features[0]!;
  const values = new Float32Array(rows * columns);
  let at = 0;
  for (const own of features) {
    values.set(own.values, at);
    at += own.values.length;
  }
  return denseMatrix(values, rows, columns);
}

function columnDeviations(points: DenseMatrix): Float64Array {
  const { rows, columns } = points;
  const deviations = new Float64Array(columns);
  minusRow(points, columnMeans(points)).values.forEach((value, p) => {
    deviations[p % columns]! += (value * value) / rows;
  });
  return deviations.map(Math.sqrt);
}

/** The diagonal map from deviations to others; a direction that varies in one of them only stays as it is. */
function stretch(from: Float64Array, to: Float64Array): LinearMap {
  const q = from.length;
  const values = new Float64Array(q * q);
  for (let j = 0; j < q; j++) values[j * q + j] = from[j]! > 0 && to[j]! > 0 ? to[j]! / from[j]! : 1;
  return { weights: denseMatrix(values, q, q), offsets: new Float64Array(q) };
}
