import type { RandomSource } from '@crossmodal/core';
import type { MethodTypes } from '../recipe/method-types.js';
import type { Reader } from '../recipe/network-part.js';
import type { Fit } from '../recipe/training.js';
import type { PreparedFit } from './fit-method.js';
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
  { recipe, clusters, n, modalities, data, fitOptions, pause }: PreparedFit<M>,
  { random, label, watch }: { readonly random: RandomSource; readonly label: string; readonly watch: Watch },
): OpenRun<M> {
  const { definition, terms, parts } = recipe;
  const options = recipe.options;
  const { prepared, samples, structure } = data;
  const createNetwork = (attempt: number) =>
    recipe.network.create({
      options,
      clusters,
      prepared,
      parts,
      random,
      attempt,
      training: { modalities, samples, structure },
    });
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
      createNetwork,
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

const nothing = { variables: [], dispose() {} };
