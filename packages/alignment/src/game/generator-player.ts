import {
  cycleConsistency,
  wassersteinGenerator,
  type CycleConsistencyOptions,
  type TermPart,
} from '@crossmodal/losses';
import type { tf } from '@crossmodal/tensors';
import { player, type AnyPlayer, type Optimiser, type Schedule } from '@crossmodal/training';
import { directionsOf, type CycleGame } from './cycle-game.js';

/** Latents that went one direction. */
export interface MappedLatents {
  /** The direction, such as `texts to pictures`. */
  readonly name: string;
  /** Where they started, `[n, q_from]`. */
  readonly latents: tf.Tensor;
  /** Where the generator brings them, `[n, q_to]`. */
  readonly mapped: tf.Tensor;
  /** What the critic of that space says of them, `[n, 1]`. */
  readonly scores: tf.Tensor;
  /** Where the generator of the way back brings them, `[n, q_from]`. */
  readonly returned: tf.Tensor;
}

/** What the terms of {@link generatorPlayer} see. */
export interface GeneratorState {
  /** Two per modality that takes part beside the anchor. */
  readonly directions: readonly MappedLatents[];
}

/** Options of {@link generatorPlayer}. */
export interface GeneratorPlayerOptions {
  readonly optimiser: Optimiser;
  readonly rate: Schedule | number;
  /** Weight of the term `adversarial`. @defaultValue 1 */
  readonly adversarialWeight?: number;
  /** Weight of the term `cycle`. @defaultValue 1 */
  readonly cycleWeight?: number;
  /** Norm and reduction of the cycle consistency. @defaultValue those of cycleConsistency */
  readonly cycle?: CycleConsistencyOptions;
}

/**
 * Generators that bring latents where the critics take them for the space's own, and back to where they started: terms `adversarial`,
 * `-E D(G(z))`, and `cycle`, `E ||z - G'(G(z))||`, one part per direction. Each generator gets the gradient of every term that depends on it. The
 * player's name is `generators`.
 *
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, Eq. 2, Eq. 3 and Algorithm 1, lines 13 and 14
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { createCriticPairs, createCycleMapping } from '@crossmodal/alignment';
 * import type { tf } from '@crossmodal/tensors';
 * import { rmsprop } from '@crossmodal/training';
 * const random = randomSource(0);
 * const mapping = createCycleMapping({ latentSizes: [4, 4], random });
 * const critics = createCriticPairs(mapping, { random });
 * const names = ['pictures', 'texts'];
 * const game = { mapping, critics: critics.pairs, names, encode: (latents: readonly tf.Tensor[]) => latents };
 * const mover = generatorPlayer(game, { optimiser: rmsprop(), rate: 1e-4 });
 * console.log(mover.terms.map(({ name }) => name)); // adversarial, cycle
 * critics.dispose();
 * mapping.dispose();
 * ```
 */
export function generatorPlayer<Batch>(
  game: CycleGame<Batch>,
  { optimiser, rate, adversarialWeight = 1, cycleWeight = 1, cycle = {} }: GeneratorPlayerOptions,
): AnyPlayer<Batch> {
  const context = { training: true };
  const directions = directionsOf(game);
  const wayBack = (from: number, to: number) =>
    directions.find((other) => other.from === to && other.to === from)!.generator;
  return player<Batch, GeneratorState>({
    name: 'generators',
    groups: [{ modules: directions.map(({ generator }) => generator), optimiser, rate }],
    forward(batch) {
      const latents = game.encode(batch);
      const mapped = directions.map(({ from, generator }) => generator.apply(latents[from]!, context));
      const scores = directions.map(({ critic }, d) => critic.apply(mapped[d]!, context));
      return {
        directions: directions.map(({ name, from, to }, d): MappedLatents => ({
          name,
          latents: latents[from]!,
          mapped: mapped[d]!,
          scores: scores[d]!,
          returned: wayBack(from, to).apply(mapped[d]!, context),
        })),
      };
    },
    terms: [
      {
        name: 'adversarial',
        weight: adversarialWeight,
        value: (state) =>
          state.directions.map(({ name, scores }): TermPart => ({
            name,
            value: () => wassersteinGenerator(scores),
          })),
      },
      {
        name: 'cycle',
        weight: cycleWeight,
        value: (state) =>
          state.directions.map(({ name, latents, returned }): TermPart => ({
            name: `${name} and back`,
            value: () => cycleConsistency(latents, returned, cycle),
          })),
      },
    ],
  });
}
