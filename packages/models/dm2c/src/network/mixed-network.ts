import { createCriticPairs, type CycleMapping, type CycleNetwork } from '@crossmodal/alignment';
import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import {
  autoencoder,
  disposeOnError,
  type Autoencoder,
  type Encoder,
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
  { prepared, parts, random: given }: NetworkContext<Dm2cTypes, unknown>,
  design: NetworkDesign,
): CycleNetwork {
  const { recipes, latentSize } = prepared;
  const random = given.fork('network');
  checkCount(parts.encoders?.length ?? 0, recipes.length);
  return disposeOnError((built: Module[]) => {
    const keep = <M extends Module>(module: M): M => {
      built.push(module);
      return module;
    };
    const autoencoders = recipes.map(({ size }, v): Autoencoder => {
      const stream = random.fork(`autoencoder ${v}`);
      return disposeOnError((layers: Layer[]) => {
        const part = parts.encoders?.[v];
        const own = part?.create({ shape: [size], random: stream });
        const brings = own !== undefined && 'encoder' in own ? own : undefined;
        layers.push(...(brings === undefined ? [] : [brings.decoder]));
        const encoder = brings?.encoder ?? (own as Encoder | undefined) ?? design.encoder(v, size, stream);
        layers.push(encoder);
        if (part !== undefined) checkLatent(part.name, encoder, latentSize);
        const decoder = brings?.decoder ?? design.decoder(v, size, stream);
        if (brings === undefined) layers.push(decoder);
        return keep(autoencoder({ encoder, decoder }));
      });
    });
    const mapping = keep(design.mapping(random.fork('generators')));
    const critics = keep(createCriticPairs(mapping, { critic: parts.critic, random }));
    return { ...joinModules(built), autoencoders, mapping, critics: critics.pairs };
  });
}

function checkCount(encoders: number, modalities: number): void {
  if (encoders <= modalities) return;
  refuse(`${modalities} at most, one per modality`, String(encoders));
}

function checkLatent(name: string, { outputShape }: Encoder, latentSize: number): void {
  if (outputShape.length === 1 && outputShape[0] === latentSize) return;
  refuse(
    `latents [n, ${latentSize}], as those of the other modalities, from '${name}'`,
    `[n, ${outputShape.join(', ')}]`,
  );
}

function refuse(expected: string, received: string): never {
  throw new CrossmodalError({ code: 'option', where: "dm2c option 'encoders'", expected, received });
}
