import type { Modality, Paired } from '@crossmodal/core';

/** The data with some rows of modality `v` absent. */
export function lacking(data: Paired, v: number, rows: Iterable<number>): Paired {
  const gone = new Set(rows);
  const without = (modality: Modality): Modality => {
    const { columns, values } = modality.features;
    const present = Uint8Array.from({ length: data.n }, (_, i) => (gone.has(i) ? 0 : 1));
    const kept = values.map((value, p) => (gone.has(Math.floor(p / columns)) ? 0 : value));
    return { ...modality, features: { ...modality.features, values: kept }, present };
  };
  return {
    ...data,
    modalities: data.modalities.map((modality, u) => (u === v ? without(modality) : modality)),
  };
}
