import {
  packClustering,
  packFrontEnds,
  packHistory,
  packNetworkInputs,
  packWeights,
} from '@crossmodal/assembly';
import { writeModelFiles } from '@crossmodal/io';
import type { EamcState } from './eamc-state.js';
import { MODEL_FORMAT, MODEL_VERSION, type ModelFile } from './model-file.js';

/** Writes a fitted model into a directory, whole or not at all. */
export async function saveEamc(directory: string, state: EamcState): Promise<void> {
  const { preparations } = state;
  const frontEnds = packFrontEnds(preparations.map(({ frontEnd }) => frontEnd));
  const stages = preparations.flatMap(({ whitening }) => whitening ?? []);
  const spheres = packNetworkInputs(
    stages.map(({ sphere }) => sphere),
    'sphere',
  );
  const components = packNetworkInputs(
    stages.map((stage) => stage.components),
    'components',
  );
  const weights = await packWeights(state.network);
  const file: ModelFile = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    options: state.resolved,
    clusters: state.clusters,
    seed: state.seed,
    seconds: state.seconds,
    frontEnds: frontEnds.description,
    whitening:
      stages.length === 0 ? null : { spheres: spheres.description, components: components.description },
    weights: weights.description,
    runLosses: state.runLosses.map((loss) => (Number.isFinite(loss) ? loss : null)),
    history: packHistory(state.history),
  };
  await writeModelFiles(directory, file, {
    ...packClustering(state),
    memberships: state.memberships,
    ...frontEnds.arrays,
    ...spheres.arrays,
    ...components.arrays,
    ...weights.arrays,
  });
}
