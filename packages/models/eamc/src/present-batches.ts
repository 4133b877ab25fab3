import type { RandomSource, SampleArray } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { BatchSource, Minibatches } from '@crossmodal/training';

/** Options of {@link presentBatches}. */
export interface PresentBatchOptions {
  /** What the batches are taken from: features `x0`, ... and, where samples lack modalities, flags `m0`, ... */
  readonly data: Readonly<Record<string, SampleArray>>;
  /** Share of the samples with several modalities that go without one of them, drawn anew at every step, `0..1`. */
  readonly rate: number;
  /** Decides which. */
  readonly random: RandomSource;
}

/**
 * Batches in which some samples go without a modality that they have, so that training sees what each modality says alone as often as both
 * together. With data in which no sample lacks anything, the batches stay as they are.
 */
export function presentBatches(
  source: Minibatches,
  { data, rate, random }: PresentBatchOptions,
): BatchSource {
  const modalities = Object.keys(data).filter((name) => name.startsWith('x')).length;
  const flags = Array.from({ length: modalities }, (_, v) => data[`m${v}`]?.values);
  if (rate === 0 || flags.every((own) => own === undefined)) return source;
  return {
    batch(step) {
      const { inputs } = source.batch(step);
      const rows = source.rows(step);
      const draws = random.fork(`without ${step}`);
      const masks = flags.map(() => new Float32Array(rows.length));
      rows.forEach((row, i) => {
        const held = flags.flatMap((own, v) => (own?.[row] === 0 ? [] : [v]));
        const without =
          held.length > 1 && draws.uniform() < rate ? held[draws.integer(held.length)] : undefined;
        for (const v of held) masks[v]![i] = v === without ? 0 : 1;
      });
      const made = masks.map((mask, v) => [`m${v}`, tf.tensor2d(mask, [rows.length, 1])] as const);
      for (const [name] of made) inputs[name]?.dispose();
      const all = { ...inputs, ...Object.fromEntries(made) };
      return { inputs: all, dispose: () => tf.dispose(all) };
    },
  };
}
