import type { Paired, RandomSource } from '@crossmodal/core';
import { removeRows } from '@crossmodal/datasets';
import { lacking } from './lacking.js';

/** How rows are lost: data, rate and random source to the data with rows absent. */
export type Loss = (data: Paired, rate: number, random: RandomSource) => Paired;

/** Ways of losing rows by the names that `--loss` takes. */
export const losses: Readonly<Record<string, Loss>> = {
  /** Each object loses, with probability `rate`, one modality drawn at random. */
  one: (data, rate, random) => {
    const gone: number[][] = data.modalities.map(() => []);
    for (let i = 0; i < data.n; i++) {
      // Both are drawn for each object, so that a larger rate adds losses and changes none.
      const [lost, v] = [random.uniform() < rate, random.integer(data.modalities.length)];
      if (lost) gone[v]!.push(i);
    }
    return gone.reduce((rest, rows, v) => (rows.length === 0 ? rest : lacking(rest, v, rows)), data);
  },
  /** The rate is the share of the rows of all modalities together; no object loses its last one. */
  rows: (data, rate, random) => (rate === 0 ? data : removeRows(data, { rate, random })),
};

/** Whether each object lacks a modality. */
export function lackingFlags(data: Paired): readonly boolean[] {
  return Array.from({ length: data.n }, (_, i) => data.modalities.some(({ present }) => present?.[i] === 0));
}
