import type { Layer } from '@crossmodal/encoders';
import type { tf } from '@crossmodal/tensors';
import type { CriticPair } from '../cycle/create-critic-pairs.js';
import type { CycleMapping } from '../cycle/cycle-mapping.js';

/** What critics and generators play with: maps between latent spaces, and who judges them. */
export interface CycleGame<Batch> {
  /** The generators. */
  readonly mapping: CycleMapping;
  /** One pair per modality of the mapping's `others`, in that order. */
  readonly critics: readonly CriticPair[];
  /** Names of all modalities, for the history. */
  readonly names: readonly string[];
  /** Numbers of the modalities that take part, the anchor among them. @defaultValue all */
  readonly playing?: readonly number[];
  /**
   * Makes the latents of a batch, one per modality, `[n_v, q_v]`; those of modalities that do not take part may be missing. The players take latents
   * as they are: no step of theirs changes what makes them.
   */
  readonly encode: (batch: Batch) => readonly (tf.Tensor | undefined)[];
}

/** One way of the mapping, which one generator goes and one critic judges. */
export interface Direction {
  /** Such as `texts to pictures`. */
  readonly name: string;
  /** Numbers of the modalities at its ends. */
  readonly from: number;
  readonly to: number;
  readonly generator: Layer;
  readonly critic: Layer;
}

/** Both ways between the anchor and each other modality that takes part. */
export function directionsOf<Batch>({ mapping, critics, names, playing }: CycleGame<Batch>): Direction[] {
  const { anchor, others, toAnchor, fromAnchor } = mapping;
  return others.flatMap((v, m): Direction[] => {
    if (playing !== undefined && !playing.includes(v)) return [];
    const { inAnchor, inModality } = critics[m]!;
    const [own, first] = [names[v]!, names[anchor]!];
    return [
      { name: `${own} to ${first}`, from: v, to: anchor, generator: toAnchor[v]!, critic: inAnchor },
      { name: `${first} to ${own}`, from: anchor, to: v, generator: fromAnchor[v]!, critic: inModality },
    ];
  });
}
