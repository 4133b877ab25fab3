import { rotateOnto } from '@crossmodal/alignment';
import { denseMatrix, presenceOf, type DenseMatrix, type Modality } from '@crossmodal/core';
import { frontEndFeatures } from '@crossmodal/encoders';
import type { Preparation, PreparationContext, ResolvedOptions } from '@crossmodal/method';
import {
  commonNeighbourWeights,
  nearestNeighbours,
  type ModalityWeights,
  type NearestNeighbours,
} from '@crossmodal/self-expressive';
import { readValues, tf, toTensor } from '@crossmodal/tensors';
import { defaultInputOptions } from '../options.js';
import type { DmimTypes } from '../types.js';
import { appliedInputs } from './dmim-input.js';
import { fittedInput, preparedData, type FittedInput } from './fitted-input.js';
import { centred, components, halfWhitened, rotatedComponents, unitFactor } from './reductions.js';

type Options = ResolvedOptions<typeof defaultInputOptions>;
type Context = Pick<PreparationContext<Options>, 'options' | 'random' | 'signal'>;

/** Neighbours by which modalities are weighed, with many objects. */
const COMPARED = 20;

/** Features of untrained filters, half whitened; weights of modalities by the neighbours that they share; a rotation onto the one of largest weight. */
export const defaultInputs: Preparation<DmimTypes, Options> = {
  ...appliedInputs,
  options: defaultInputOptions,
  async fit(modalities, context) {
    const { options, clusters, signal, pause } = context;
    await pause('prepare', 0, 2);
    const fitted = await fitDefaultInputs(modalities, { ...context, random: context.random.fork('inputs') });
    await pause('prepare', 1, 2);
    const { weights, neighbours } = await weighByNeighbours(modalities, fitted, {
      clusters,
      neighbours: options.neighbours,
      signal,
    });
    const reference = weights.modalities.indexOf(Math.max(...weights.modalities));
    const aligned = options.reduction === 'pca' && options.align ? alignInputs(fitted, reference) : fitted;
    await pause('prepare', 2, 2);
    return preparedData(modalities, aligned, weights, neighbours);
  },
};

/** Decides from the rows that are present how each modality comes to the encoder. */
export async function fitDefaultInputs(
  modalities: readonly Modality[],
  { options, random, signal }: Context,
): Promise<FittedInput[]> {
  const { reduction, width, filters, kernelSize, cells } = options;
  const fitted: FittedInput[] = [];
  for (const [v, modality] of modalities.entries()) {
    const own = random.fork(`modality ${v}`);
    const first =
      modality.kind === 'images'
        ? await frontEndFeatures(modality, { filters, kernelSize, cells, random: own, signal })
        : undefined;
    const features = first?.features ?? modality.features;
    const present = presenceOf(modality);
    const reduced =
      reduction === 'pad'
        ? centred(features, present)
        : halfWhitened(components(features, present, { width, random: own.fork('pca') }), present);
    const factor = unitFactor(reduced.plain, present);
    fitted.push(fittedInput(modality, reduced, { factor, first }));
  }
  return fitted;
}

/**
 * Rotates modalities onto a reference (see {@link rotateOnto}), so that one set of weights reads the same thing in all of them.
 *
 * Without it, mutual information is as large when two modalities have pairs of clusters exchanged, and their mean is wrong.
 */
export function alignInputs(fitted: readonly FittedInput[], reference: number): FittedInput[] {
  const target = fitted[reference]!.features;
  return fitted.map((entry, v) => {
    if (v === reference) return entry;
    const { rotation, features } = rotateOnto(entry.features, target);
    const { reduction } = entry.input;
    const transform = rotatedComponents(reduction.transform, rotation);
    const input = { ...entry.input, reduction: { ...reduction, transform }, size: features.columns };
    return { input, features };
  });
}

/** Weights of modalities, and where partners are drawn; no neighbours where none are asked for. */
async function weighByNeighbours(
  modalities: readonly Modality[],
  fitted: readonly FittedInput[],
  {
    clusters,
    neighbours: asked,
    signal,
  }: {
    readonly clusters: number;
    readonly neighbours: number;
    readonly signal: AbortSignal | undefined;
  },
): Promise<{ readonly weights: ModalityWeights; readonly neighbours?: readonly NearestNeighbours[] }> {
  const n = fitted[0]!.features.rows;
  // With few objects, lists are short: twenty neighbours in clusters of ten reach beyond them.
  const most = Math.max(1, Math.min(n - 1, Math.max(2, Math.floor(n / (2 * clusters)))));
  const count = Math.min(Math.max(COMPARED, asked), most);
  const lists: NearestNeighbours[] = [];
  for (const [v, { features }] of fitted.entries()) {
    const present = presenceOf(modalities[v]!);
    lists.push(await nearestNeighbours(unit(features), { neighbours: count, present, signal }));
  }
  const weights = commonNeighbourWeights(lists);
  return asked === 0 ? { weights } : { weights, neighbours: lists.map((list) => nearest(list, asked)) };
}

/** The first few of each list. */
function nearest({ count, indices }: NearestNeighbours, few: number): NearestNeighbours {
  const kept = Math.min(few, count);
  return { count: kept, indices: indices.filter((_, p) => p % count < kept) };
}

/** Rows of unit length, of which products are cosines; rows of zeros stay zeros. */
function unit(features: DenseMatrix<Float32Array>): DenseMatrix<Float32Array> {
  const values = readValues(() => {
    const x = toTensor(features);
    return tf.div(x, tf.maximum(tf.sqrt(tf.sum(tf.square(x), 1, true)), 1e-12));
  });
  return denseMatrix(values.slice(), features.rows, features.columns);
}
