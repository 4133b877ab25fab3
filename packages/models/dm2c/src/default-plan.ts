import { alignByCommonBasis, alignByMatchedClusters, clusterMeans, clusterModalities, layoutsAgree, stableModalities, type ModalityView } from '@crossmodal/alignment';
import { fitPause } from '@crossmodal/method';
import type { DenseMatrix, FitOptions, Modality, RandomSource } from '@crossmodal/core';
import { fitCentre, fitUnitRows, sqc, unitRows } from '@crossmodal/transforms';
import type { ResolvedDefaultOptions } from './dm2c-options.js';
import { defaultFeatures, type FittedFeatures } from './modality-features.js';
import type { NetworkStart } from './network/mixed-network.js';

/** What is decided before anything is trained. */
export interface Plan {
  readonly fitted: readonly FittedFeatures[];
  /** Number of the anchor modality. */
  readonly anchor: number;
  /** Numbers of the modalities that take part in the game and the clustering. */
  readonly live: readonly number[];
  readonly latentSize: number;
  /** How unified latents are clustered. */
  readonly readout: 'graph' | 'k-means';
  readonly start?: NetworkStart;
}

/** What {@link defaultPlan} takes. */
export interface PlanOptions {
  readonly resolved: ResolvedDefaultOptions;
  readonly modalities: readonly Modality[];
  readonly clusters: number;
  /** Number of the anchor, when the caller chose it. */
  readonly anchor: number | undefined;
  readonly random: RandomSource;
  readonly watch: Pick<FitOptions, 'signal' | 'onProgress'>;
}

/** The plan of the default preset: features, clusters inside each modality, the anchor, and the maps that everything starts from. */
export async function defaultPlan(options: PlanOptions): Promise<Plan> {
  const { resolved, modalities } = options;
  const common = mayShare(resolved, modalities) ? await commonBasisPlan(options) : undefined;
  return common ?? matchedClustersPlan(options);
}

/** One basis for all; undefined when the clusters of a modality do not lie where this would put them. */
async function commonBasisPlan(options: PlanOptions): Promise<Plan | undefined> {
  const { resolved, clusters } = options;
  const random = options.random.fork('alignment');
  const { fitted, views, labels, anchor, live } = await lookAt(options, true);
  const means = views.map(({ rows }, v) => clusterMeans(rows, labels[v]!, clusters));
  const agrees = (v: number) =>
    layoutsAgree(means[anchor]!, means[v]!, { random: random.fork(`layout ${v}`) });
  if (resolved.alignment === 'auto' && !live.every((v) => v === anchor || agrees(v))) return undefined;
  const features = fitted.map((own) => own.features);
  const start = alignByCommonBasis(features, { anchor, latentSize: resolved.latentSize, random });
  return planOf(fitted, anchor, live, start, readout(resolved, 'graph'));
}

/** A basis for each modality, and rotations between them; without maps where none are wanted. */
async function matchedClustersPlan(options: PlanOptions): Promise<Plan> {
  const { resolved, modalities, clusters } = options;
  const random = options.random.fork('alignment');
  const { fitted, labels, anchor, live } = await lookAt(options, false);
  const angular = fitted.map((own, v) => (modalities[v]!.kind === 'images' ? atUnitLength(own) : own));
  const { maps, ...rest } = alignByMatchedClusters(
    angular.map(({ features }) => features),
    { labels, clusters, anchor, stable: live, random },
  );
  const start = resolved.alignment === 'none' ? rest : { ...rest, maps };
  return planOf(angular, anchor, live, start, readout(resolved, 'k-means'));
}

/** Features, and what each modality shows by itself. */
async function lookAt(options: PlanOptions, shared: boolean) {
  const { resolved, modalities, clusters, random, watch } = options;
  const report = fitPause('dm2c', watch);
  const { width, ridgeReference, extraEigenvectors, bandwidth } = resolved;
  const fitted = await defaultFeatures(modalities, {
    resolved,
    shared,
    random: random.fork('features'),
    signal: watch.signal,
  });
  const views = fitted.map(({ features }, v) => viewOf(modalities[v]!, features));
  const { labels, stabilities } = await clusterModalities(views, {
    clusters,
    width,
    ridgeReference,
    extraEigenvectors,
    bandwidth,
    random: random.fork('alignment'),
    pause: (step, steps) => report('match', step, steps),
    signal: watch.signal,
  });
  const anchor = options.anchor ?? stabilities.indexOf(Math.max(...stabilities));
  const live = stableModalities(stabilities, { anchor, share: resolved.stability });
  return { fitted, views, labels, anchor, live };
}

/** Images by the directions of their features; vectors by those of their signed roots, and their stability by standard scores. */
function viewOf(modality: Modality, features: DenseMatrix<Float32Array>): ModalityView {
  if (modality.kind === 'vectors') return { rows: sqc(modality.features), points: features };
  const rows = unitRows(features);
  return { rows, points: rows };
}

function planOf(
  fitted: readonly FittedFeatures[],
  anchor: number,
  live: readonly number[],
  start: NetworkStart,
  how: Plan['readout'],
): Plan {
  return { fitted, anchor, live, start, latentSize: start.encoders[0]!.weights.columns, readout: how };
}

function readout({ readout: wanted }: ResolvedDefaultOptions, fitting: Plan['readout']): Plan['readout'] {
  return wanted === 'auto' ? fitting : wanted;
}

/** Whether all are images of one size. */
function mayShare({ alignment }: ResolvedDefaultOptions, modalities: readonly Modality[]): boolean {
  if (alignment === 'geometry' || alignment === 'none') return false;
  const shapes = modalities.map((modality) =>
    modality.kind === 'images' ? [modality.height, modality.width, modality.channels].join(' x ') : undefined,
  );
  return shapes[0] !== undefined && shapes.every((shape) => shape === shapes[0]);
}

/** Features whose rows have unit length and mean zero, as they are compared by angle. */
function atUnitLength({ recipe, features }: FittedFeatures): FittedFeatures {
  const unit = fitUnitRows(features);
  const rows: DenseMatrix<Float32Array> = unit.apply(features);
  const centre = fitCentre(rows);
  return {
    recipe: { ...recipe, steps: [...recipe.steps, unit, centre] },
    features: centre.apply(rows),
  };
}
