import { permuteSymmetric, type FitOptions } from '@crossmodal/core';
import { createFitted, type FittedMethod } from '../fitted/fitted-method.js';
import type { ResolvedRecipe } from '../options/resolve-recipe.js';
import type { MethodTypes } from '../recipe/method-types.js';
import type { FitClock } from './fit-clock.js';
import { placeAssigned } from './place-assigned.js';
import { prepareFit, type PreparedFit } from './prepare-fit.js';
import { trainMethod } from './train-method.js';
import type { TrainedRun } from './trained-run.js';

/** Fits a recipe to data. */
export async function fitMethod<M extends MethodTypes>(
  recipe: ResolvedRecipe<M>,
  data: M['data'],
  fitOptions: FitOptions,
): Promise<FittedMethod<M>> {
  const prepared = await prepareFit(recipe, data, fitOptions);
  return trainMethod(prepared, (run, clock) => finishFit(prepared, run, clock));
}

/** Clusters by the trained network, which belongs to what it returns. */
async function finishFit<M extends MethodTypes>(
  prepared: PreparedFit<M>,
  { fit, runLosses, history }: TrainedRun<M>,
  clock: FitClock,
): Promise<FittedMethod<M>> {
  const { recipe, clusters, seed, order, modalities, fitOptions } = prepared;
  const { definition, readout } = recipe;
  const options = recipe.options;
  const seen = await fit.read();
  const assigned = await readout.fit(seen, {
    options,
    clusters,
    random: prepared.random,
    signal: fitOptions.signal,
    pause: clock.timed(prepared.pause),
  });
  const report = {
    ...definition.report?.schema.parse(await definition.report.of(fit, options, runLosses)),
    ...(readout.reportSchema?.parse(assigned.report ?? {}) as object | undefined),
  };
  const placed = placeAssigned(assigned, { order, modalities, clusters });
  return createFitted<M>({
    recipe,
    clusters,
    seed,
    prepared: prepared.data.prepared,
    network: fit.network,
    readoutState: assigned.state,
    ...placed,
    affinity: assigned.affinity && permuteSymmetric(assigned.affinity, order),
    report,
    history,
    seconds: clock.seconds(),
  });
}
