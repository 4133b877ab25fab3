import { wassersteinCritic, type TermPart } from '@crossmodal/losses';
import type { tf } from '@crossmodal/tensors';
import { clipWeights, player, type AnyPlayer, type Optimiser, type Schedule } from '@crossmodal/training';
import { directionsOf, type CycleGame } from './cycle-game.js';

/** What the critic of one direction says. */
export interface CriticScores {
  /** The direction, such as `texts to pictures`. */
  readonly name: string;
  /** Scores of the latents that belong to the space, `[m, 1]`. */
  readonly own: tf.Tensor;
  /** Scores of those that a generator mapped into it, `[n, 1]`. */
  readonly mapped: tf.Tensor;
}

/** What the terms of {@link criticPlayer} see. */
export interface CriticState {
  /** Two per modality that takes part beside the anchor. */
  readonly directions: readonly CriticScores[];
}

/** Options of {@link criticPlayer}. */
export interface CriticPlayerOptions {
  readonly optimiser: Optimiser;
  readonly rate: Schedule | number;
  /** Steps in a row. @defaultValue 1 */
  readonly times?: number;
  /** Largest size `c` of a weight after each step. */
  readonly clip: number;
}

/**
 * Wasserstein critics that score the latents of a space higher than those that are mapped into it: minus `E D(z) - E D(G(z'))`, term `critic`, one
 * part per direction; weights stay within `[-c, c]`. The player's name is `critics`.
 *
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, Eq. 3 and Algorithm 1, lines 7 to 10
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
 * const judge = criticPlayer(game, { optimiser: rmsprop(), rate: 5e-5, times: 5, clip: 0.05 });
 * console.log(judge.name, judge.groups[0]!.modules.length); // critics 2
 * critics.dispose();
 * mapping.dispose();
 * ```
 */
export function criticPlayer<Batch>(
  game: CycleGame<Batch>,
  { optimiser, rate, times = 1, clip }: CriticPlayerOptions,
): AnyPlayer<Batch> {
  const context = { training: true };
  const directions = directionsOf(game);
  const modules = directions.map(({ critic }) => critic);
  return player<Batch, CriticState>({
    name: 'critics',
    groups: [{ modules, optimiser, rate }],
    times,
    forward(batch) {
      const latents = game.encode(batch);
      return {
        directions: directions.map(({ name, from, to, generator, critic }): CriticScores => {
          const own = critic.apply(latents[to]!, context);
          return { name, own, mapped: critic.apply(generator.apply(latents[from]!, context), context) };
        }),
      };
    },
    terms: [
      {
        name: 'critic',
        weight: 1,
        value: (state) =>
          state.directions.map(({ name, own, mapped }): TermPart => ({
            name,
            value: () => wassersteinCritic(own, mapped),
          })),
      },
    ],
    afterUpdate: () => clipWeights(modules, clip),
  });
}
