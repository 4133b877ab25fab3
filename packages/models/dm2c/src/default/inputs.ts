import {
  alignByCommonBasis,
  alignByMatchedClusters,
  clusterMeans,
  clusterModalities,
  layoutsAgree,
  stableModalities,
  type ModalityView,
} from '@crossmodal/alignment';
import type { DenseMatrix, Modality } from '@crossmodal/core';
import { shareFrontEnds, withSteps } from '@crossmodal/encoders';
import type { ResolvedOptions } from '@crossmodal/method';
import { fitCentre, fitUnitRows, sqc, unitRows } from '@crossmodal/transforms';
import { mixedInputs, type Plan, type PlanContext } from '../inputs/mixed-inputs.js';
import { defaultInputOptions, type commonOptions } from '../options.js';
import type { NetworkStart } from '../types.js';
import { defaultFeatures } from './features.js';

type Context = PlanContext<ResolvedOptions<typeof commonOptions & typeof defaultInputOptions>>;

/** Features, clusters inside each modality, the anchor, and the maps that the default network starts from. */
export const defaultInputs = mixedInputs(defaultInputOptions, async (modalities, given: Context) => {
  const context = { ...given, random: given.random.fork('plan') };
  const { alignment } = context.options;
  const may = (alignment === 'auto' || alignment === 'pixels') && shareFrontEnds(modalities);
  return (may && (await commonBasisPlan(modalities, context))) || matchedClustersPlan(modalities, context);
});

/** One basis for all; undefined when the clusters of a modality do not lie where this would put them. */
async function commonBasisPlan(modalities: readonly Modality[], context: Context): Promise<Plan | undefined> {
  const { options, clusters } = context;
  const random = context.random.fork('alignment');
  const { fitted, views, labels, anchor, informative } = await lookAt(modalities, context, true);
  const means = views.map(({ rows }, v) => clusterMeans(rows, labels[v]!, clusters));
  const agrees = (v: number) =>
    layoutsAgree(means[anchor]!, means[v]!, { random: random.fork(`layout ${v}`) });
  if (options.alignment === 'auto' && !informative.every((v) => v === anchor || agrees(v))) return undefined;
  const features = fitted.map((own) => own.features);
  const start = alignByCommonBasis(features, { anchor, latentSize: options.latentSize, random });
  return { fitted, anchor, informative, start, latentSize: sizeOf(start), suits: 'graph' };
}

/** A basis for each modality, and rotations between them; without maps where none are wanted. */
async function matchedClustersPlan(modalities: readonly Modality[], context: Context): Promise<Plan> {
  const { options, clusters } = context;
  const random = context.random.fork('alignment');
  const { fitted, labels, anchor, informative } = await lookAt(modalities, context, false);
  // Images are compared by angle.
  const angular = fitted.map((own, v) =>
    modalities[v]!.kind === 'images' ? withSteps(own, [fitUnitRows, fitCentre]) : own,
  );
  const { maps, ...rest } = alignByMatchedClusters(
    angular.map(({ features }) => features),
    { labels, clusters, anchor, stable: informative, random },
  );
  const start = options.alignment === 'none' ? rest : { ...rest, maps };
  return { fitted: angular, anchor, informative, start, latentSize: sizeOf(start), suits: 'k-means' };
}

/** Features, and what each modality shows by itself. */
async function lookAt(modalities: readonly Modality[], context: Context, shared: boolean) {
  const { options, clusters, random, signal, pause } = context;
  const { filters, kernelSize, cells, width, ridgeReference, extraEigenvectors, bandwidth } = options;
  const fitted = await defaultFeatures(modalities, {
    filters,
    kernelSize,
    cells,
    shared,
    random: random.fork('features'),
    signal,
  });
  const views = fitted.map(({ features }, v) => viewOf(modalities[v]!, features));
  const { labels, stabilities } = await clusterModalities(views, {
    clusters,
    width,
    ridgeReference,
    extraEigenvectors,
    bandwidth,
    random: random.fork('alignment'),
    pause: (step, steps) => pause('match', step, steps),
    signal,
  });
  const anchor = context.chosen ?? stabilities.indexOf(Math.max(...stabilities));
  const informative = stableModalities(stabilities, { anchor, share: options.stability });
  return { fitted, views, labels, anchor, informative };
}

/** Images by the directions of their features; vectors by those of their signed roots, and their stability by standard scores. */
function viewOf(modality: Modality, features: DenseMatrix<Float32Array>): ModalityView {
  if (modality.kind === 'vectors') return { rows: sqc(modality.features), points: features };
  const rows = unitRows(features);
  return { rows, points: rows };
}

function sizeOf(start: NetworkStart): number {
  return start.encoders[0]!.weights.columns;
}
