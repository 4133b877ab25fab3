import { fitPause } from '@crossmodal/method';
import type { DenseMatrix, FitOptions, Modality, RandomSource } from '@crossmodal/core';
import { fitCentre, fitUnitRows } from '@crossmodal/transforms';
import type { ResolvedDefaultOptions } from './dm2c-options.js';
import {
  alignByGeometry,
  alignByPixels,
  stableModalities,
  viewModalities,
  type AlignmentInput,
} from './geometry/align-modalities.js';
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
  const { resolved, modalities, clusters, random, watch } = options;
  const told = fitPause('dm2c', watch);
  const shared = mayShare(resolved, modalities);
  const attempt = async (share: boolean): Promise<Plan | undefined> => {
    const fitted = await defaultFeatures(modalities, {
      resolved,
      shared: share,
      random: random.fork('features'),
      signal: watch.signal,
    });
    const input: AlignmentInput = {
      modalities,
      features: fitted.map(({ features }) => features),
      clusters,
      resolved,
      random: random.fork('alignment'),
      pause: (step, steps) => told('match', step, steps),
      signal: watch.signal,
    };
    const views = await viewModalities(input);
    const { stabilities } = views;
    const anchor = options.anchor ?? stabilities.indexOf(Math.max(...stabilities));
    const live = stableModalities(stabilities, anchor, resolved.stability);
    if (share) {
      const start = alignByPixels(input, views, anchor, live);
      return start && planOf(fitted, anchor, live, start, readout(resolved, 'graph'));
    }
    const angular = fitted.map((own, v) => (modalities[v]!.kind === 'images' ? atUnitLength(own) : own));
    const seen = { ...input, features: angular.map(({ features }) => features) };
    const { maps, ...rest } = alignByGeometry(seen, views, anchor, live);
    const begun = resolved.alignment === 'none' || !maps ? rest : { ...rest, maps };
    return planOf(angular, anchor, live, begun, readout(resolved, 'k-means'));
  };
  return (shared ? await attempt(true) : undefined) ?? (await attempt(false))!;
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
