import type { Paired, RandomSource } from '@crossmodal/core';
import { optionError, checkRange } from './checks.js';

/** Options of {@link removeRows}. */
export interface RemoveRowsOptions {
  /** Share of the present rows, over all modalities together, that goes missing, `0..1`. */
  readonly rate: number;
  readonly random: RandomSource;
}

/**
 * Marks rows of paired data as missing and sets them to zero, at an exact rate: of the P rows present over all
 * modalities, `round(rate * P)` are removed, at random, and no object loses its last one.
 *
 * First every object keeps one of its present rows, drawn uniformly; the removed ones are drawn from the rest. So the
 * largest rate for V complete modalities is `(V - 1) / V`.
 *
 * @throws CrossmodalError `option` when the rate is out of range or would leave an object with no row.
 */
export function removeRows(data: Paired, options: RemoveRowsOptions): Paired {
  const { rate, random } = options;
  checkRange('removeRows', 'rate', rate, 0, 1);
  const { n, modalities } = data;
  const spare: number[] = [];
  const keep = random.fork('keep');
  for (let i = 0; i < n; i++) {
    const held = modalities.flatMap(({ present }, v) => (!present || present[i] !== 0 ? [v] : []));
    const kept = held[keep.integer(held.length)];
    for (const v of held) if (v !== kept) spare.push(v * n + i);
  }
  const total = spare.length + n;
  const count = Math.round(rate * total);
  if (count > spare.length) {
    const most = `a rate of at most ${spare.length / total}, so that every object keeps one row`;
    throw optionError('removeRows', 'rate', most, String(rate));
  }
  const order = random.fork('remove').permutation(spare.length);
  const flags = modalities.map(({ present }) => (present ? present.slice() : new Uint8Array(n).fill(1)));
  const values = modalities.map(({ features }) => features.values.slice());
  for (const place of order.subarray(0, count)) {
    const v = Math.floor(spare[place]! / n);
    const i = spare[place]! % n;
    const d = modalities[v]!.features.columns;
    flags[v]![i] = 0;
    values[v]!.fill(0, i * d, (i + 1) * d);
  }
  return {
    ...data,
    modalities: modalities.map((modality, v) => ({
      ...modality,
      features: { ...modality.features, values: values[v]! },
      present: flags[v]!,
    })),
  };
}
