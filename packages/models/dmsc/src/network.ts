import { checkEncoderCount, imageFrontEnd, type EncoderPart } from '@crossmodal/encoders';
import { createMultimodalAutoencoder, type FusionOptions } from '@crossmodal/fusion';
import type { NetworkContext, NetworkPart, ResolvedOptions } from '@crossmodal/method';
import { fusionReader } from '@crossmodal/subspace';
import { CrossmodalError } from '@crossmodal/core';
import { networkOptions, type fusionOptions } from './options.js';
import type { DmscTypes } from './types.js';

type DefaultOptions = ResolvedOptions<typeof fusionOptions & typeof networkOptions>;
type PaperOptions = ResolvedOptions<typeof fusionOptions>;

/** Filters of images start from their patches, and are few; intermediate fusion has a layer behind the merge. */
export const defaultNetwork: NetworkPart<DmscTypes, DefaultOptions> = {
  options: networkOptions,
  create(context) {
    const { options, prepared, training, parts } = context;
    const random = context.random.fork('network');
    const shapes = prepared.map(({ shape }) => shape);
    const encoders = ownEncoders(context);
    if (parts.fusion !== undefined) return parts.fusion.create({ shapes, random });
    const { filters, kernelSize, cells, units, fusion } = options;
    const modalities = training?.modalities;
    const { layer, initialiser } = imageFrontEnd({ shapes, modalities, filters, kernelSize, cells });
    const deep = fusion === 'intermediate';
    return createMultimodalAutoencoder({
      shapes,
      fusion: fusionOf(options),
      images: { layers: deep ? [layer, { filters: 2 * filters, kernelSize: 3, contrast: true }] : [layer] },
      vectors: { layers: deep ? [{ units }, { units }] : [{ units }] },
      initialiser: 'heNormal',
      encoderInitialiser: initialiser,
      encoders,
      random,
    });
  },
  reader: fusionReader,
};

/** The public code's layers, of which the last one of a decoder has a ReLU too. */
export const paperNetwork: NetworkPart<DmscTypes, PaperOptions> = {
  create(context) {
    const { options, prepared, parts } = context;
    const random = context.random.fork('network');
    const shapes = prepared.map(({ shape }) => shape);
    const encoders = ownEncoders(context);
    if (parts.fusion !== undefined) return parts.fusion.create({ shapes, random });
    const outputActivation = 'relu' as const;
    return createMultimodalAutoencoder({
      shapes,
      fusion: fusionOf(options),
      images: { outputActivation },
      vectors: { outputActivation },
      initialiser: 'xavierUniform',
      encoders,
      random,
    });
  },
  reader: fusionReader,
};

/** The fusion that options ask for, as the fusion package takes it. */
function fusionOf({ fusion: kind, fusionFunction = 'concat' }: PaperOptions): FusionOptions {
  return kind === 'affinity' ? { kind } : { kind, function: fusionFunction };
}

function ownEncoders({
  parts,
  prepared,
  options,
}: NetworkContext<DmscTypes, PaperOptions>): readonly (EncoderPart | undefined)[] {
  const { encoders = [] } = parts;
  checkEncoderCount('dmsc', encoders, prepared.length);
  const affinity = parts.fusion === undefined && options.fusion === 'affinity';
  if (affinity || encoders.every((encoder) => encoder === undefined)) return encoders;
  throw new CrossmodalError({
    code: 'option',
    where: "dmsc option 'encoders'",
    expected: "fusion 'affinity' with it, where modalities have encoders of their own",
    received: `'${parts.fusion?.name ?? options.fusion}'`,
  });
}
