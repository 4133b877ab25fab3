import { packClustering } from '@crossmodal/assembly';
import { packPrepared, writeModelFiles, type WritableArray } from '@crossmodal/io';
import type { ExactState } from './exact-state.js';
import { MODEL_FORMAT, MODEL_VERSION, type ModelFile } from './model-file.js';

/** Writes a fitted model into a directory, whole or not at all. */
export async function saveExact(directory: string, state: ExactState): Promise<void> {
  const packed = state.modalities.map(packPrepared);
  const arrays: Record<string, WritableArray> = Object.assign(
    packClustering(state),
    ...packed.map((part) => part.arrays),
  );
  const file: ModelFile = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    options: state.resolved,
    clusters: state.clusters,
    seed: state.seed,
    medians: [...state.medians],
    seconds: state.seconds,
    modalities: packed.map((part) => part.description),
  };
  await writeModelFiles(directory, file, arrays);
}
