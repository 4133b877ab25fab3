import type { FitSeconds, HistoryEntry } from '@crossmodal/core';
import { packedModality, packPrepared, type WritableArray } from '@crossmodal/io';
import type { PreparedModality } from '@crossmodal/transforms';
import type { Module } from '@crossmodal/tensors';
import * as z from 'zod';
import type { NetworkInput } from '@crossmodal/transforms';
import { packClustering, type SavedClustering } from './pack-clustering.js';
import { packHistory } from './pack-history.js';
import { networkInputsSchema, packNetworkInputs, type Packed } from './pack-network-inputs.js';
import { packWeights } from './pack-weights.js';
import { historySchema, modelHeaderSchema, weightsSchema } from './schemas.js';

/** What a fitted model consists of that clusters the self-expression of its latents. */
export interface SubspaceModel extends SavedClustering {
  /** Options as they were used. */
  readonly resolved: object;
  readonly clusters: number;
  readonly seed: number;
  readonly inputs: readonly NetworkInput[];
  readonly network: Pick<Module, 'variables'>;
  /** Prepared latents of the training samples. */
  readonly latents: readonly PreparedModality[];
  /** Median squared distance of each latent, for the kernels of new samples; none where no graph is asked. */
  readonly medians: readonly number[];
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
}

/**
 * Schema of `model.json` of a {@link SubspaceModel}. Options are checked when they are resolved again.
 *
 * @param format - `crossmodal-` and the method
 * @param version - raised when old readers would misread the file
 */
export function subspaceModelSchema<F extends string, V extends number>(format: F, version: V) {
  return modelHeaderSchema(format, version).extend({
    medians: z.array(z.number().min(0)),
    inputs: networkInputsSchema,
    weights: weightsSchema,
    latents: z.array(packedModality).min(1),
    history: historySchema,
  });
}

/** What {@link subspaceModelSchema} describes, but for format and version. */
export type SubspaceModelFile = Omit<
  z.infer<ReturnType<typeof subspaceModelSchema<string, number>>>,
  'format' | 'version'
>;

/** Takes a model apart into `model.json`, but for format and version, and arrays. */
export async function packSubspaceModel(state: SubspaceModel): Promise<Packed<SubspaceModelFile>> {
  const { resolved, clusters, seed, medians, seconds } = state;
  const weights = await packWeights(state.network);
  const inputs = packNetworkInputs(state.inputs);
  const latents = state.latents.map(packPrepared);
  const arrays: Record<string, WritableArray> = Object.assign(
    packClustering(state),
    weights.arrays,
    inputs.arrays,
    ...latents.map((part) => part.arrays),
  );
  const description = {
    options: resolved,
    clusters,
    seed,
    medians: [...medians],
    seconds,
    inputs: inputs.description,
    weights: weights.description,
    latents: latents.map((part) => part.description),
    history: packHistory(state.history),
  };
  return { description, arrays };
}
