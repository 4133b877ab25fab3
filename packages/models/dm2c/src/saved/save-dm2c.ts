import { packClustering, packFrontEnds, packHistory, packWeights } from '@crossmodal/assembly';
import { writeModelFiles, type WritableArray } from '@crossmodal/io';
import type { Dm2cState } from '../dm2c-state.js';
import { MODEL_FORMAT, MODEL_VERSION, type ModelFile } from './model-file.js';

/** Writes a fitted model into a directory, whole or not at all. */
export async function saveDm2c(directory: string, state: Dm2cState): Promise<void> {
  const { recipes, network, assignment } = state;
  const frontEnds = packFrontEnds(recipes.map(({ frontEnd }) => frontEnd));
  const weights = await packWeights(network);
  const arrays: Record<string, WritableArray> = {
    ...packClustering(state),
    ...frontEnds.arrays,
    ...weights.arrays,
  };
  const steps = recipes.map((recipe, v) =>
    recipe.steps.map(({ name, state: { means } }, s) => {
      if (means instanceof Float32Array) arrays[`step-${v}-${s}`] = { shape: [means.length], values: means };
      return name as ModelFile['steps'][number][number];
    }),
  );
  if (assignment.kind === 'centres') {
    arrays['centres'] = assignment.centres;
  } else {
    const { middle, rows, labels } = assignment;
    arrays['middle'] = { shape: [middle.length], values: middle };
    arrays['neighbours'] = rows;
    arrays['neighbour-labels'] = { shape: [labels.length], values: labels };
  }
  const file: ModelFile = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    options: state.resolved,
    clusters: state.clusters,
    seed: state.seed,
    seconds: state.seconds,
    frontEnds: frontEnds.description,
    steps,
    sizes: network.autoencoders.map(({ encoder }) => encoder.inputShape[0]!),
    latentSize: network.mapping.latentSizes[0]!,
    anchor: network.mapping.anchor,
    live: [...state.live],
    weights: weights.description,
    assignment: assignment.kind,
    history: packHistory(state.history),
  };
  await writeModelFiles(directory, file, arrays);
}
