import {
  mixed,
  selectRows,
  type Mixed,
  type Modality,
  type Paired,
  type RandomSource,
} from '@crossmodal/core';

/** What {@link mixModalities} gives. */
export interface MixedSample {
  readonly data: Mixed;
  /** Object of the paired data behind each row, length `n`, numbered modality after modality as in `data`. */
  readonly objects: Int32Array;
}

/**
 * Keeps every object of paired data in exactly one modality, drawn at random and as evenly as the present rows allow;
 * inside a modality objects stay in order.
 *
 * Labels of the result are `objects.map((i) => labels[i])`.
 */
export function mixModalities(data: Paired, options: { readonly random: RandomSource }): MixedSample {
  const { n, modalities } = data;
  const chosen = modalities.map((): number[] => []);
  for (const i of options.random.permutation(n)) {
    let fewest: number[] | undefined;
    modalities.forEach(({ present }, v) => {
      const here = !present || present[i] !== 0;
      if (here && (fewest === undefined || chosen[v]!.length < fewest.length)) fewest = chosen[v];
    });
    fewest?.push(i);
  }
  const objects = chosen.map((rows) => Int32Array.from(rows).sort());
  const parts = modalities.map((modality, v) => withoutPresence(selectRows(modality, objects[v]!)));
  return { data: mixed(parts), objects: Int32Array.from(objects.flatMap((rows) => Array.from(rows))) };
}

/** Every row that was chosen is present. */
function withoutPresence(modality: Modality): Modality {
  const { present: _present, ...rest } = modality;
  return rest;
}
