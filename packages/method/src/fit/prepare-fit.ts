import {
  canonicalOrder,
  checkFitOptions,
  parseOptions,
  randomSource,
  selectRows,
  throwIfAborted,
  type FitOptions,
  type Modality,
  type RandomSource,
} from '@crossmodal/core';
import * as z from 'zod';
import { checkKind } from '../data/check-kind.js';
import type { ResolvedRecipe } from '../options/resolve-recipe.js';
import type { MethodTypes } from '../recipe/method-types.js';
import type { PreparedData } from '../recipe/preparation.js';
import { fitClock, type FitClock } from './fit-clock.js';
import { fitPause, type FitPause } from './fit-pause.js';

/** A fit whose data are prepared. */
export interface PreparedFit<M extends MethodTypes> {
  readonly recipe: ResolvedRecipe<M>;
  readonly clusters: number;
  readonly seed: number;
  /** Samples. */
  readonly n: number;
  /** Rows of the data by their canonical place. */
  readonly order: Int32Array;
  /** In canonical order. */
  readonly modalities: readonly Modality[];
  readonly data: PreparedData<M>;
  readonly random: RandomSource;
  readonly clock: FitClock;
  readonly fitOptions: FitOptions;
  readonly pause: FitPause;
}

/** Checks data and options, and does everything that comes before training. */
export async function prepareFit<M extends MethodTypes>(
  given: ResolvedRecipe<M>,
  data: M['data'],
  fitOptions: FitOptions,
): Promise<PreparedFit<M>> {
  const { definition } = given;
  const { name } = definition;
  checkKind(name, definition.data, data);
  const { clusters, seed } = checkFitOptions(name, data, fitOptions);
  const { signal, onProgress } = fitOptions;
  const recipe = completed(given, { n: data.n, clusters, modalities: data.modalities.length });
  const options = recipe.options;
  definition.checkModalities?.(name, data.modalities, { options, clusters, fitting: true });
  throwIfAborted(signal, name);
  const random = randomSource(seed);
  const pause = fitPause(name, fitOptions);
  const clock = fitClock();
  const order = canonicalOrder(data);
  const { modalities } = selectRows(data, order);
  const context = { options, clusters, random, signal, pause };
  const found = await recipe.inputs.fit(modalities, { ...context, onProgress });
  const structure = recipe.training.explore
    ? await recipe.training.explore({ ...context, samples: found.samples, structure: found.structure })
    : found.structure;
  return {
    recipe: withOptions(recipe, { ...recipe.options, ...found.options }),
    clusters,
    seed,
    n: data.n,
    order,
    modalities,
    data: { ...found, structure },
    random,
    clock,
    fitOptions,
    pause,
  };
}

/** Options that depend on the data, filled in. */
function completed<M extends MethodTypes>(
  recipe: ResolvedRecipe<M>,
  facts: { readonly n: number; readonly clusters: number; readonly modalities: number },
): ResolvedRecipe<M> {
  const slots = [recipe.definition, recipe.inputs, recipe.network, recipe.training, recipe.readout];
  const options = slots.reduce<Readonly<Record<string, unknown>>>(
    (known, slot) => ({ ...known, ...slot.complete?.(known, facts) }),
    recipe.options,
  );
  return withOptions(recipe, options);
}

/**
 * The recipe with options of which some were filled in: a saved model is read by the rules for those of a caller.
 *
 * @throws CrossmodalError `option` when the method has no such option, or not with that value.
 */
function withOptions<M extends MethodTypes>(
  recipe: ResolvedRecipe<M>,
  options: Readonly<Record<string, unknown>>,
): ResolvedRecipe<M> {
  const given = Object.entries(recipe.shape).filter(([name]) => Object.hasOwn(options, name));
  const schema = z.strictObject(Object.fromEntries(given));
  return { ...recipe, options: parseOptions(recipe.definition.name, schema, options) };
}
