import { writeModelFiles } from '#model-directory';
import { writeModelBytes, type WritableArray } from '@crossmodal/io/bytes';
import { captureState } from '@crossmodal/tensors';
import type { ModelState } from '../fitted/model-state.js';
import { ownPartsOf } from '../options/own-parts-of.js';
import type { OwnPartNames } from '../options/own-parts.js';
import type { MethodTypes } from '../recipe/method-types.js';
import { formatOf, type ModelFile } from './model-file.js';
import { packTree } from './pack-tree.js';

/** Splits a fitted model into `model.json` and arrays. */
export async function packModel<M extends MethodTypes>(
  state: ModelState<M>,
): Promise<{ readonly file: ModelFile; readonly arrays: Readonly<Record<string, WritableArray>> }> {
  const { recipe, clusters, seed, seconds, network } = state;
  const { prepared, readoutState, canonical, labels, embedding, memberships, affinity, report } = state;
  const tree = packTree(
    { prepared, readout: readoutState, canonical, labels, embedding, memberships, affinity, report },
    'state',
  );
  const weights = Object.values(await captureState(network));
  const arrays: Record<string, WritableArray> = { ...tree.arrays };
  weights.forEach(({ values }, i) => (arrays[`weights/${i}`] = { shape: [values.length], values }));
  const file: ModelFile = {
    format: formatOf(recipe.definition.name),
    version: recipe.definition.version,
    options: { ...recipe.options },
    ownParts: copied(ownPartsOf(recipe)),
    clusters,
    seed,
    seconds,
    weights: weights.map(({ shape }) => [...shape]),
    state: tree.description,
    history: state.history.map(({ phase, step, losses }) => ({ phase, step, losses: { ...losses } })),
  };
  return { file, arrays };
}

/** Writes a fitted model into a directory, whole or not at all. */
export async function saveModel<M extends MethodTypes>(
  directory: string,
  state: ModelState<M>,
): Promise<void> {
  const { file, arrays } = await packModel(state);
  await writeModelFiles(directory, file, arrays);
}

/** A fitted model as the bytes of an archive that holds what its directory holds. */
export async function modelBytes<M extends MethodTypes>(state: ModelState<M>): Promise<Uint8Array> {
  const { file, arrays } = await packModel(state);
  return writeModelBytes(file, arrays);
}

function copied(names: OwnPartNames): ModelFile['ownParts'] {
  return Object.fromEntries(
    Object.entries(names).map(([option, value]) => [option, typeof value === 'string' ? value : [...value]]),
  );
}
