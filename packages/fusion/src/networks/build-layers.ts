import type { RandomSource } from '@crossmodal/core';
import {
  convolutionalEncoder,
  mlp,
  type Initialiser,
  type InitialiserName,
  type Layer,
} from '@crossmodal/encoders';
import type { NetworkLayers } from './network-options.js';

/** What every builder of a network needs. */
export interface Blueprint {
  /** Layers by kind of modality. */
  readonly networks: NetworkLayers;
  /** Start of every weight. */
  readonly initialiser: Initialiser | InitialiserName;
  /** Start of the layers of one modality alone. */
  readonly encoderInitialiser: (modality: number) => Initialiser | InitialiserName;
  /** Decides the start values; a draw advances it. */
  readonly random: RandomSource;
  /** Every layer made so far, to be freed if the rest fails. */
  readonly built: Layer[];
}

/** The blueprint of the layers that one modality has to itself. */
export function ownBlueprint(blueprint: Blueprint, modality: number): Blueprint {
  return { ...blueprint, initialiser: blueprint.encoderInitialiser(modality) };
}

/** The layers from one depth to another, convolutions on maps and dense layers on vectors; their weights are decided by the label. */
export function buildLayers(
  { networks, initialiser, random, built }: Blueprint,
  shape: readonly number[],
  from: number,
  to: number,
  label: string,
): Layer {
  const common = { initialiser, random: random.fork(label) };
  const layer =
    shape.length === 3
      ? convolutionalEncoder({
          inputShape: shape,
          layers: networks.images.layers.slice(from, to),
          flatten: false,
          ...common,
        })
      : mlp({ inputSize: shape[0]!, layers: networks.vectors.layers.slice(from, to), ...common });
  built.push(layer);
  return layer;
}
