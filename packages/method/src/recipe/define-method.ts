import type { Clusterer } from '@crossmodal/core';
import { fitMethod } from '../fit/fit-method.js';
import type { FittedMethod } from '../fitted/fitted-method.js';
import { resolveRecipe } from '../options/resolve-recipe.js';
import { loadModel, type LoadOptions } from '../saved/load-model.js';
import type { CompleteDefinition, MethodDefinition } from './method-definition.js';
import type { MethodTypes } from './method-types.js';

/** A method, ready to use. */
export interface Method<M extends MethodTypes> {
  readonly definition: CompleteDefinition<M>;
  /**
   * Creates a clusterer.
   *
   * @param options - options and overrides of the method
   * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of a part that was not chosen.
   */
  create(options?: object): Clusterer<M['data'], FittedMethod<M>>;
  /**
   * Reads a model of this method that `save` wrote into a directory, or `toBytes` as bytes; it predicts as before.
   *
   * @throws CrossmodalError `not-found` when there is none in the directory; `format` when it is damaged or of another method or version; `option`
   * when a part of the caller's own is missing.
   */
  load(source: string | Uint8Array, options?: LoadOptions<M>): Promise<FittedMethod<M>>;
}

const ONE_PRESET: CompleteDefinition<MethodTypes>['presets'] = {
  default: { inputs: 'default', network: 'default', training: 'default', readout: 'default' },
};

/**
 * Makes a method of its parts. It alone owns what every fit needs: checks, canonical row order, seeds, progress, abort, timing, restarts,
 * divergence and recovery, disposal, predict, transform, save and load.
 */
export function defineMethod<M extends MethodTypes>(given: MethodDefinition<M>): Method<M> {
  const definition = { presets: ONE_PRESET, ...given };
  return {
    definition,
    create(options = {}) {
      const recipe = resolveRecipe(definition, options);
      return {
        method: definition.name,
        fit: (data, fitOptions) => fitMethod(recipe, data, fitOptions),
      };
    },
    load: (source, options) => loadModel(definition, source, options),
  };
}
