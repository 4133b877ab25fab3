import { writeDirectoryAtomic, writeNpz, type WritableArray } from '@crossmodal/data';
import type { ExactState } from './exact-state.js';
import { MODEL_FORMAT, MODEL_VERSION, type ModelFile } from './model-file.js';

/** Writes a fitted model as `model.json` and `arrays.npz`, whole or not at all. */
export async function saveExact(directory: string, state: ExactState): Promise<void> {
  const { affinity, embedding, labels, modalities } = state;
  const arrays: Record<string, WritableArray> = {
    labels: { shape: [labels.length], values: labels },
    embedding,
    'affinity-offsets': { shape: [affinity.rowOffsets.length], values: affinity.rowOffsets },
    'affinity-columns': { shape: [affinity.columnIndices.length], values: affinity.columnIndices },
    'affinity-values': { shape: [affinity.values.length], values: affinity.values },
  };
  const described = modalities.map(({ name, features, present, transform }, v) => {
    arrays[`features-${v}`] = features;
    if (present !== undefined) arrays[`present-${v}`] = { shape: [present.length], values: present };
    const numbers: Record<string, number> = {};
    const vectors: string[] = [];
    for (const [key, value] of Object.entries(transform.state)) {
      if (typeof value === 'number') {
        numbers[key] = value;
      } else {
        vectors.push(key);
        arrays[`transform-${v}-${key}`] = { shape: [value.length], values: value };
      }
    }
    return { name, transform: transform.name, numbers, vectors, present: present !== undefined };
  });
  const file: ModelFile = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    options: state.resolved,
    clusters: state.clusters,
    seed: state.seed,
    medians: [...state.medians],
    seconds: state.seconds,
    modalities: described,
  };
  await writeDirectoryAtomic(directory, {
    'model.json': `${JSON.stringify(file, undefined, 2)}\n`,
    'arrays.npz': writeNpz(arrays),
  });
}
