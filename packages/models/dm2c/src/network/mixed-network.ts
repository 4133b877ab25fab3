import { createCriticPairs, type CycleMapping, type CycleNetwork } from '@crossmodal/alignment';
import type { RandomSource } from '@crossmodal/core';
import {
  autoencoder,
  checkEncoderCount,
  createOwnEncoder,
  disposeOnError,
  type Autoencoder,
  type Layer,
} from '@crossmodal/encoders';
import type { NetworkContext } from '@crossmodal/method';
import { joinModules, type Module } from '@crossmodal/tensors';
import type { Dm2cTypes } from '../types.js';

/** What a recipe makes a network of. */
export interface NetworkDesign {
  /** The encoder of a modality, `[n, size]` to `[n, latentSize]`. */
  encoder(v: number, size: number, random: RandomSource): Layer;
  /** The decoder behind it. */
  decoder(v: number, size: number, random: RandomSource): Layer;
  /** The generators. */
  mapping(random: RandomSource): CycleMapping;
}

/** Autoencoders, generators and critics by a design, and by the parts that the caller replaces. */
export function createMixedNetwork(
  { prepared, parts, random: run }: NetworkContext<Dm2cTypes, unknown>,
  design: NetworkDesign,
): CycleNetwork {
  const { recipes, latentSize } = prepared;
  const random = run.fork('network');
  checkEncoderCount('dm2c', parts.encoders ?? [], recipes.length);
  return disposeOnError((built: Module[]) => {
    const keep = <M extends Module>(module: M): M => {
      built.push(module);
      return module;
    };
    const autoencoders = recipes.map(({ size }, v): Autoencoder => {
      const stream = random.fork(`autoencoder ${v}`);
      return disposeOnError((layers: Layer[]) => {
        const part = parts.encoders?.[v];
        const own = part && createOwnEncoder(part, { modality: v, shape: [size], latentSize, random });
        layers.push(...Object.values(own ?? {}));
        const encoder = own?.encoder ?? design.encoder(v, size, stream);
        layers.push(encoder);
        const decoder = own?.decoder ?? design.decoder(v, size, stream);
        layers.push(decoder);
        return keep(autoencoder({ encoder, decoder }));
      });
    });
    const mapping = keep(design.mapping(random.fork('generators')));
    const critics = keep(createCriticPairs(mapping, { critic: parts.critic, random }));
    return { ...joinModules(built), autoencoders, mapping, critics: critics.pairs };
  });
}
