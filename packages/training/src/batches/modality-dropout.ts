import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { BatchSource } from './batch-source.js';
import type { Minibatches } from './minibatches.js';

/** One modality of {@link modalityDropout}. */
export interface DropoutModality {
  /** Name of the input that says which samples of a batch have the modality. */
  readonly mask: string;
  /** 0 for rows of the data that lack the modality; left out when all have it. */
  readonly present?: ArrayLike<number> | undefined;
}

/** Options of {@link modalityDropout}. */
export interface ModalityDropoutOptions {
  /** All modalities of the batches. */
  readonly modalities: readonly DropoutModality[];
  /** Share of the samples with several modalities that go without one of them, drawn anew at every step, `0..1`. */
  readonly rate: number;
  /** Decides which. */
  readonly random: RandomSource;
}

/**
 * Batches in which some samples go without one of the modalities that they have, so that training sees what each modality says alone as often
 * as all together. No sample goes without all.
 *
 * Adds a mask to the inputs for each modality, `[rows, 1]`, 1 where a sample has it and keeps it, in place of an input of the same name.
 * The features of dropped modalities stay: the network must respect the masks.
 *
 * @param source - batches that know their rows, such as those of {@link minibatches} and {@link pairBatches}
 * @throws CrossmodalError `option` when the rate is not in `0..1`.
 * @see Neverova et al., ModDrop: adaptive multi-modal gesture recognition, TPAMI 2016
 * @example
 * ```ts
 * const data = { x0: { shape: [2, 1], values: Float32Array.of(1, 2) }, x1: { shape: [2, 1], values: Float32Array.of(3, 0) } };
 * const source = minibatches({ data, batchSize: 2, random: randomSource(1) });
 * const modalities = [{ mask: 'm0' }, { mask: 'm1', present: [1, 0] }];
 * const { inputs, dispose } = modalityDropout(source, { modalities, rate: 0.5, random: randomSource(2) }).batch(0);
 * console.log(inputs['m0']!.dataSync(), inputs['m1']!.dataSync());
 * dispose();
 * ```
 */
export function modalityDropout(
  source: Minibatches,
  { modalities, rate, random }: ModalityDropoutOptions,
): BatchSource {
  if (!(rate >= 0 && rate <= 1)) {
    throw new CrossmodalError({
      code: 'option',
      where: "modalityDropout option 'rate'",
      expected: 'a number in 0..1',
      received: String(rate),
    });
  }
  return {
    batch(step) {
      const batch = source.batch(step);
      const rows = source.rows(step);
      const draws = random.fork(`without ${step}`);
      const kept = modalities.map(() => new Float32Array(rows.length));
      rows.forEach((row, i) => {
        const held = modalities.flatMap(({ present }, v) => (present?.[row] === 0 ? [] : [v]));
        const dropped =
          held.length > 1 && draws.uniform() < rate ? held[draws.integer(held.length)] : undefined;
        for (const v of held) kept[v]![i] = v === dropped ? 0 : 1;
      });
      const masks = Object.fromEntries(
        kept.map((mask, v) => [modalities[v]!.mask, tf.tensor2d(mask, [rows.length, 1])]),
      );
      return {
        inputs: { ...batch.inputs, ...masks },
        dispose() {
          batch.dispose();
          tf.dispose(masks);
        },
      };
    },
  };
}
