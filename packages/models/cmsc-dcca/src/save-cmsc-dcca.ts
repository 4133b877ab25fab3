import { packClustering, packNetworkInputs, packWeights } from '@crossmodal/assembly';
import { packPrepared, writeModelFiles, type WritableArray } from '@crossmodal/data';
import type { CmscDccaState } from './cmsc-dcca-state.js';
import { MODEL_FORMAT, MODEL_VERSION, type ModelFile } from './model-file.js';

/** Writes a fitted model into a directory, whole or not at all. */
export async function saveCmscDcca(directory: string, state: CmscDccaState): Promise<void> {
  const weights = await packWeights(state.network);
  const inputs = packNetworkInputs(state.inputs);
  const latents = state.latents.map(packPrepared);
  const arrays: Record<string, WritableArray> = Object.assign(
    packClustering(state),
    weights.arrays,
    inputs.arrays,
    ...latents.map((part) => part.arrays),
  );
  if (state.centroids !== undefined) arrays['centroids'] = state.centroids;
  const file: ModelFile = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    options: state.resolved,
    clusters: state.clusters,
    seed: state.seed,
    medians: [...state.medians],
    seconds: state.seconds,
    inputs: inputs.description,
    weights: weights.description,
    latents: latents.map((part) => part.description),
    history: state.history.map(({ phase, step, losses }) => ({ phase, step, losses: { ...losses } })),
  };
  await writeModelFiles(directory, file, arrays);
}
