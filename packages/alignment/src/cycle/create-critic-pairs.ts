import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import { disposeOnError, mlp, type Encoder } from '@crossmodal/encoders';
import { joinModules, type Module } from '@crossmodal/tensors';
import type { CycleMapping } from './cycle-mapping.js';

/** The critics of one modality that is not the anchor. */
export interface CriticPair {
  /** Tells the anchor's latents from those of the modality mapped to them, `[n, q_anchor]` to `[n, 1]`. */
  readonly inAnchor: Encoder;
  /** Tells the modality's latents from those of the anchor mapped to them, `[n, q_v]` to `[n, 1]`. */
  readonly inModality: Encoder;
}

/** A critic as a value: it exists before the latents do. */
export interface CriticPart {
  /** Name, by which a saved model asks for it. */
  readonly name: string;
  /** Creates one critic, from latents `[n, latentSize]` to scores `[n, 1]`. The same random source must give the same form at each call. */
  create(context: { readonly latentSize: number; readonly random: RandomSource }): Encoder;
}

/** The critics of all modalities but the anchor. */
export interface CriticPairs extends Module {
  /** One per modality of the mapping's `others`, in that order. */
  readonly pairs: readonly CriticPair[];
}

/** Units between a latent and its score in the paper. */
const UNITS = 32;

/** The paper's critic: 32 units and a score. */
const paperCritic: CriticPart = {
  name: 'wasserstein',
  create: ({ latentSize, random }) =>
    mlp({
      inputSize: latentSize,
      layers: [
        { units: UNITS, activation: 'leakyRelu' },
        { units: 1, activation: 'linear' },
      ],
      random,
    }),
};

/**
 * Creates two critics for each modality that is mapped into the anchor's space: one judges there, one in the space of the modality.
 *
 * @param mapping - the maps that they judge
 * @param options - `critic` makes each of them, by default 32 leaky rectified units and a linear score; `random` decides the weights, of which those
 * of one critic do not depend on the others
 * @throws CrossmodalError `shape` when a critic does not map `[n, q]` to `[n, 1]`.
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, the discriminators
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const random = randomSource(0);
 * const mapping = createCycleMapping({ latentSizes: [8, 8], random });
 * const critics = createCriticPairs(mapping, { random });
 * console.log(critics.pairs.length); // 1
 * critics.dispose();
 * mapping.dispose();
 * ```
 */
export function createCriticPairs(
  { anchor, others, latentSizes }: CycleMapping,
  {
    critic = paperCritic,
    random,
  }: { readonly critic?: CriticPart | undefined; readonly random: RandomSource },
): CriticPairs {
  return disposeOnError((built: Encoder[]) => {
    const create = (latentSize: number, label: string): Encoder => {
      const made = critic.create({ latentSize, random: random.fork(label) });
      built.push(made);
      checkCritic(made, latentSize);
      return made;
    };
    const pairs = others.map((v) => ({
      inAnchor: create(latentSizes[anchor]!, `critic of ${v} in anchor`),
      inModality: create(latentSizes[v]!, `critic in ${v}`),
    }));
    return { ...joinModules(built), pairs };
  });
}

function checkCritic({ inputShape, outputShape }: Encoder, latentSize: number): void {
  if (
    inputShape.length === 1 &&
    inputShape[0] === latentSize &&
    outputShape.length === 1 &&
    outputShape[0] === 1
  )
    return;
  throw new CrossmodalError({
    code: 'shape',
    where: 'createCriticPairs',
    expected: `a critic from [n, ${latentSize}] to [n, 1]`,
    received: `[n, ${inputShape.join(', ')}] to [n, ${outputShape.join(', ')}]`,
  });
}
