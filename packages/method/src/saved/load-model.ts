import { isCrossmodalError, randomSource } from '@crossmodal/core';
import { readModelFiles } from '#model-directory';
import { damagedModel, readModelBytes, type ModelArrays } from '@crossmodal/io/bytes';
import { restoreState, type VariableState } from '@crossmodal/tensors';
import * as z from 'zod';
import { createFitted, type FittedMethod } from '../fitted/fitted-method.js';
import { findParts } from '../options/own-parts.js';
import { resolveRecipe, type ResolvedRecipe } from '../options/resolve-recipe.js';
import type { CompleteDefinition } from '../recipe/method-definition.js';
import type { MethodTypes } from '../recipe/method-types.js';
import type { OwnPartOf } from '../recipe/overrides.js';
import { modelFileSchema, type ModelFile } from './model-file.js';
import { csr32, int32, matrix32, matrix64 } from './schemas.js';
import { unpackTree } from './unpack-tree.js';

/** Options of `load`. */
export interface LoadOptions<M extends MethodTypes> {
  /** Own parts with which the model was fitted, in no matter which order. @defaultValue none */
  readonly parts?: readonly OwnPartOf<M>[];
}

/** Reads a model that `save` wrote into a directory, or `toBytes` as bytes. */
export async function loadModel<M extends MethodTypes>(
  definition: CompleteDefinition<M>,
  source: string | Uint8Array,
  { parts = [] }: LoadOptions<M> = {},
): Promise<FittedMethod<M>> {
  const where = definition.creator.replace(/^create/, 'load');
  const schema = modelFileSchema(definition.name, definition.version);
  const directory = typeof source === 'string' ? source : 'bytes';
  const { description: file, arrays } =
    typeof source === 'string'
      ? await readModelFiles(where, source, schema)
      : readModelBytes(where, source, schema);
  const own = findParts(where, file.ownParts, parts);
  const recipe = savedRecipe(where, directory, definition, { ...file.options, ...own });
  const state = stateOf(where, directory, recipe, file, arrays);
  const network = savedNetwork(where, recipe, file, state.prepared as M['prepared'], arrays);
  return createFitted<M>({
    recipe,
    clusters: file.clusters,
    seed: file.seed,
    ...state,
    report: state.report as object,
    network,
    history: file.history,
    seconds: file.seconds,
  });
}

/** Options of a saved model, by the rules for those of a caller. */
function savedRecipe<M extends MethodTypes>(
  where: string,
  directory: string,
  definition: CompleteDefinition<M>,
  options: object,
): ResolvedRecipe<M> {
  try {
    return resolveRecipe(definition, options, { saved: true });
  } catch (error) {
    if (!isCrossmodalError(error)) throw error;
    throw damagedModel(where, directory, `options that are refused (${error.message})`, error);
  }
}

function stateOf<M extends MethodTypes>(
  where: string,
  directory: string,
  { definition, inputs, readout }: ResolvedRecipe<M>,
  { state: description, clusters }: ModelFile,
  arrays: ModelArrays,
) {
  const label = int32.refine(
    (labels) => labels.every((c) => c >= 0 && c < clusters),
    `labels in 0..${clusters - 1}`,
  );
  const outcome = z
    .object({
      prepared: inputs.schema,
      readout: readout.schema,
      canonical: z.object({ labels: label, embedding: matrix64 }),
      labels: label,
      embedding: matrix64,
      memberships: matrix32.optional(),
      affinity: csr32.optional(),
      report: z.intersection(definition.report?.schema ?? z.object({}), readout.reportSchema ?? z.object({})),
    })
    .safeParse(unpackTree(where, description, arrays));
  if (!outcome.success) {
    const issue = outcome.error.issues[0]!;
    throw damagedModel(where, directory, `${issue.path.join('.')}: ${issue.message}`);
  }
  const { readout: readoutState, memberships, affinity, ...rest } = outcome.data;
  const n = rest.labels.length;
  const rows = [
    rest.embedding.rows,
    rest.canonical.labels.length,
    rest.canonical.embedding.rows,
    memberships?.rows,
    affinity?.rows,
    affinity?.columns,
  ];
  const wide = memberships !== undefined && memberships.columns !== clusters;
  if (
    rows.some((count) => count !== undefined && count !== n) ||
    wide ||
    readout.fits?.(readoutState, { n, clusters, columns: rest.canonical.embedding.columns }) === false
  )
    throw damagedModel(where, directory, 'arrays that do not belong together');
  return { ...rest, readoutState, memberships, affinity };
}

function savedNetwork<M extends MethodTypes>(
  where: string,
  recipe: ResolvedRecipe<M>,
  { weights, clusters, seed }: ModelFile,
  prepared: M['prepared'],
  arrays: ModelArrays,
): M['network'] {
  const network = recipe.network.create({
    options: recipe.options,
    clusters,
    prepared,
    parts: recipe.parts,
    random: randomSource(seed),
  });
  const state: Record<string, VariableState> = {};
  try {
    weights.forEach((shape, i) => {
      state[`variable${i}`] = { shape, values: Float32Array.from(arrays.vector(`weights/${i}`)) };
    });
    restoreState(network, state);
    return network;
  } catch (error) {
    network.dispose();
    if (!isCrossmodalError(error)) throw error;
    throw damagedModel(where, 'weights', `weights that do not fit (${error.message})`, error);
  }
}
