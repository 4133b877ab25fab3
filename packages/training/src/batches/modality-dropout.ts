import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { BatchSource } from './batch-source.js';
import type { Minibatches } from './minibatches.js';

/** Batches of several modalities, which may have a `mask` each that says which samples have it. */
export interface ModalityInputs {
  readonly modalities: readonly object[];
}

/** Options of {@link modalityDropout}. */
export interface ModalityDropoutOptions {
  /** 0 for rows of the data that lack a modality, one list per modality; undefined where all have it. */
  readonly present: readonly (ArrayLike<number> | undefined)[];
  /** Share of the samples with several modalities that go without one of them, drawn anew at every step, `0..1`. */
  readonly rate: number;
  /** Decides which. */
  readonly random: RandomSource;
}

/** Batches whose modalities all have a mask. */
export type WithMasks<Inputs extends ModalityInputs> = Omit<Inputs, 'modalities'> & {
  readonly modalities: readonly (Inputs['modalities'][number] & { readonly mask: tf.Tensor })[];
};

/**
 * Batches in which some samples go without one of the modalities that they have, so that training sees what each modality says alone as often
 * as all together. No sample goes without all.
 *
 * Gives each modality of the inputs a mask, `[rows, 1]`, 1 where a sample has it and keeps it, in place of its own.
 * The features of dropped modalities stay: the network must respect the masks.
 *
 * @param source - batches that know their rows, such as those of {@link minibatches} and {@link pairBatches}
 * @throws CrossmodalError `option` when the rate is not in `0..1`.
 * @see Neverova et al., ModDrop: adaptive multi-modal gesture recognition, TPAMI 2016
 * @example
 * ```ts
 * const [a, b] = [Float32Array.of(1, 2), Float32Array.of(3, 0)].map((values) => ({ x: { shape: [2, 1], values } }));
 * const source = minibatches({ data: { modalities: [a!, b!] }, batchSize: 2, random: randomSource(1) });
 * const present = [undefined, [1, 0]];
 * const { inputs, dispose } = modalityDropout(source, { present, rate: 0.5, random: randomSource(2) }).batch(0);
 * console.log(inputs.modalities[1]!.mask!.dataSync());
 * dispose();
 * ```
 */
export function modalityDropout<Inputs extends ModalityInputs>(
  source: Minibatches<Inputs>,
  { present, rate, random }: ModalityDropoutOptions,
): BatchSource<WithMasks<Inputs>> {
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
      const kept = present.map(() => new Float32Array(rows.length));
      rows.forEach((row, i) => {
        const held = present.flatMap((own, v) => (own?.[row] === 0 ? [] : [v]));
        const dropped =
          held.length > 1 && draws.uniform() < rate ? held[draws.integer(held.length)] : undefined;
        for (const v of held) kept[v]![i] = v === dropped ? 0 : 1;
      });
      const masks = kept.map((mask) => tf.tensor2d(mask, [rows.length, 1]));
      const modalities = batch.inputs.modalities.map((own, v) => ({ ...own, mask: masks[v]! }));
      return {
        inputs: { ...batch.inputs, modalities },
        dispose() {
          batch.dispose();
          tf.dispose(masks);
        },
      };
    },
  };
}
