import { packSubspaceModel } from '@crossmodal/assembly';
import { writeModelFiles } from '@crossmodal/io';
import type { DmscState } from './dmsc-state.js';
import { MODEL_FORMAT, MODEL_VERSION, type ModelFile } from './model-file.js';

/** Writes a fitted model into a directory, whole or not at all. */
export async function saveDmsc(directory: string, state: DmscState): Promise<void> {
  const { description, arrays } = await packSubspaceModel(state);
  const file: ModelFile = { format: MODEL_FORMAT, version: MODEL_VERSION, ...description };
  await writeModelFiles(directory, file, arrays);
}
