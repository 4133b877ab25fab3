import type { RandomSource } from '@crossmodal/core';
import { captureState, restoreState } from '@crossmodal/tensors';
import type { MethodTypes } from '../recipe/method-types.js';
import type { Reader } from '../recipe/network-part.js';
import type { Fit } from '../recipe/training.js';
import type { PreparedFit } from './prepare-fit.js';
import type { Watch } from './record-history.js';

/** A run with its network, helpers and reader. */
export interface OpenRun<M extends MethodTypes> {
  readonly fit: Fit<M>;
  /** Frees all but the network. */
  release(): void;
  /** Frees everything. */
  dispose(): void;
}

/** Creates what one run needs. */
export function openRun<M extends MethodTypes>(
  given: PreparedFit<M>,
  { random, label, watch }: { readonly random: RandomSource; readonly label: string; readonly watch: Watch },
): OpenRun<M> {
  const { recipe, clusters, n, modalities, data, fitOptions, pause } = given;
  const { definition, terms } = recipe;
  const options = recipe.options;
  const { prepared, samples, structure } = data;
  const createNetwork = networksOf(given, random);
  const network = createNetwork(0);
  let helpers: M['helpers'] | undefined;
  let reader: Reader<M> | undefined;
  const release = () => {
    reader?.dispose();
    helpers?.dispose();
  };
  try {
    helpers = recipe.training.createHelpers?.({ options, samples, n }) ?? nothing;
    const own = helpers;
    const fit: Fit<M> = {
      method: definition.name,
      modalities,
      clusters,
      prepared,
      samples,
      structure,
      network,
      helpers,
      terms,
      random,
      label,
      watch,
      pause,
      read() {
        reader ??= recipe.network.reader({
          network,
          prepared,
          options,
          helpers: own,
          where: definition.name,
        });
        return reader.read(samples, fitOptions.signal);
      },
      async restart(start) {
        const another = createNetwork(start);
        try {
          restoreState(network, await captureState(another));
        } finally {
          another.dispose();
        }
      },
    };
    return {
      fit,
      release,
      dispose() {
        release();
        network.dispose();
      },
    };
  } catch (error) {
    release();
    network.dispose();
    throw error;
  }
}

/** Creates networks of a recipe, each from the start of its number; the first is that of the run. */
function networksOf<M extends MethodTypes>(
  { recipe, clusters, modalities, data: { prepared, samples, structure } }: PreparedFit<M>,
  random: RandomSource,
): (start: number) => M['network'] {
  const { options, parts } = recipe;
  const training = { modalities, samples, structure };
  return (start) => {
    const own = start === 0 ? random : random.fork(`start ${start}`);
    return recipe.network.create({ options, clusters, prepared, parts, random: own, training });
  };
}

const nothing = { variables: [], dispose() {} };
