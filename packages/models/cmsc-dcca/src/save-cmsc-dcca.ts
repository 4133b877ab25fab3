import { packSubspaceModel } from '@crossmodal/assembly';
import { writeModelFiles } from '@crossmodal/io';
import type { CmscDccaState } from './cmsc-dcca-state.js';
import { MODEL_FORMAT, MODEL_VERSION, type ModelFile } from './model-file.js';

/** Writes a fitted model into a directory, whole or not at all. */
export async function saveCmscDcca(directory: string, state: CmscDccaState): Promise<void> {
  const { description, arrays } = await packSubspaceModel(state);
  const file: ModelFile = { format: MODEL_FORMAT, version: MODEL_VERSION, ...description };
  const { centroids } = state;
  await writeModelFiles(directory, file, centroids === undefined ? arrays : { ...arrays, centroids });
}
