/** Names that a project's source has for its method. */
export interface MethodNames {
  /** Name of the method, such as `my-method`. */
  readonly name: string;
  /** Name of the function that creates clusterers, such as `createMyMethod`. */
  readonly creator: string;
  /** Name of the function that loads models, such as `loadMyMethod`. */
  readonly loader: string;
}

/** Source of a method: autoencoders whose latents represent each other, clustered by graphs of exact coefficients. */
export function methodSource({ name, creator, loader }: MethodNames): string {
  return `import { createMultimodalAutoencoder } from '@crossmodal/fusion';
import {
  defineMethod,
  graphReadout,
  type LoadOptions,
  type NetworkPart,
  type OptionsOf,
  type Overrides,
  type ResolvedOptions,
  type Training,
} from '@crossmodal/method';
import { fusionReader, subspaceInputs, trainByBlocks, type SubspaceTypes } from '@crossmodal/subspace';
import * as z from 'zod';

const networkOptions = {
  /** Units of the dense layers of vectors. @defaultValue 128 */
  units: z.int().min(1).default(128),
};

const trainingOptions = {
  /** Times through the data. @defaultValue 3 */
  epochs: z.int().min(0).default(3),
};

/** One autoencoder per modality. */
const network: NetworkPart<SubspaceTypes, ResolvedOptions<typeof networkOptions>> = {
  options: networkOptions,
  create: ({ prepared, options: { units }, random }) =>
    createMultimodalAutoencoder({
      shapes: prepared.map(({ shape }) => shape),
      fusion: { kind: 'affinity' },
      vectors: { layers: [{ units }] },
      encoderInitialiser: () => 'orthogonal',
      random: random.fork('network'),
    }),
  reader: fusionReader,
};

/** Latents that represent each other, in turn with the coefficients that do. */
const training: Training<SubspaceTypes, ResolvedOptions<typeof trainingOptions>> = {
  options: trainingOptions,
  stages: [
    {
      name: 'blocks',
      players: ({ epochs }) => (epochs === 0 ? {} : { network: ['reconstruction', 'self-expression'] }),
      run: (fit, { epochs }) => trainByBlocks(fit, { epochs, encoderRate: 3e-5 }),
    },
  ],
};

/** The method as a value: what it reads, what it trains, and how it assigns clusters. The command finds it by this name. */
export const method = defineMethod<SubspaceTypes>({
  name: '${name}',
  creator: '${creator}',
  version: 1,
  data: 'paired',
  inputs: { default: subspaceInputs('unit') },
  network: { default: network },
  training: { default: training },
  readout: { default: graphReadout() },
});

type Options = OptionsOf<typeof networkOptions & typeof trainingOptions> & Overrides<SubspaceTypes>;

/** Creates a clusterer. */
export const ${creator} = (options: Options = {}) => method.create(options);

/** Reads a model that was saved. */
export const ${loader} = (source: string | Uint8Array, options?: LoadOptions<SubspaceTypes>) =>
  method.load(source, options);
`;
}
