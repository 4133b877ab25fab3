import { packClustering, packFrontEnds, packWeights } from '@crossmodal/assembly';
import { writeModelFiles } from '@crossmodal/data';
import type { EamcState } from './eamc-state.js';
import { MODEL_FORMAT, MODEL_VERSION, type ModelFile } from './model-file.js';

/** Writes a fitted model into a directory, whole or not at all. */
export async function saveEamc(directory: string, state: EamcState): Promise<void> {
  const frontEnds = packFrontEnds(state.frontEnds);
  const weights = await packWeights(state.network);
  const file: ModelFile = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    options: state.resolved,
    clusters: state.clusters,
    seed: state.seed,
    seconds: state.seconds,
    frontEnds: frontEnds.description,
    weights: weights.description,
    runLosses: state.runLosses.map((loss) => (Number.isFinite(loss) ? loss : null)),
    history: state.history.map(({ phase, step, losses }) => ({ phase, step, losses: { ...losses } })),
  };
  await writeModelFiles(directory, file, {
    ...packClustering(state),
    memberships: state.memberships,
    ...frontEnds.arrays,
    ...weights.arrays,
  });
}
