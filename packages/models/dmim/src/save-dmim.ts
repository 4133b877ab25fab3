import {
  packClustering,
  packFrontEnds,
  packHistory,
  packNetworkInputs,
  packWeights,
} from '@crossmodal/assembly';
import { writeModelFiles } from '@crossmodal/io';
import type { DmimState } from './dmim-state.js';
import { MODEL_FORMAT, MODEL_VERSION, type ModelFile } from './model-file.js';

/** Writes a fitted model into a directory, whole or not at all. */
export async function saveDmim(directory: string, state: DmimState): Promise<void> {
  const weights = await packWeights(state.network);
  const reductions = packNetworkInputs(
    state.inputs.map(({ reduction }) => reduction),
    'reduction',
  );
  const convolved = state.inputs.some(({ frontEnd }) => frontEnd !== undefined);
  // Vectors beside images have an empty place in the list, which a front end without convolution fills.
  const frontEnds = convolved
    ? packFrontEnds(state.inputs.map(({ frontEnd, reduction }) => frontEnd ?? { input: reduction }))
    : undefined;
  const file: ModelFile = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    options: state.resolved,
    clusters: state.clusters,
    seed: state.seed,
    seconds: state.seconds,
    ...(frontEnds && { frontEnds: frontEnds.description }),
    reductions: reductions.description,
    modalityWeights: [...state.weights],
    inputSizes: [...state.network.inputSizes],
    weights: weights.description,
    history: packHistory(state.history),
  };
  await writeModelFiles(directory, file, {
    ...packClustering(state),
    memberships: state.memberships,
    ...weights.arrays,
    ...reductions.arrays,
    ...frontEnds?.arrays,
  });
}
