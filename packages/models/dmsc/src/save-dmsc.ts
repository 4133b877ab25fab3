import { packPrepared, writeModelFiles, type WritableArray } from '@crossmodal/data';
import { captureState } from '@crossmodal/training';
import type { DmscState } from './dmsc-state.js';
import { MODEL_FORMAT, MODEL_VERSION, type ModelFile } from './model-file.js';

/** Writes a fitted model into a directory, whole or not at all. */
export async function saveDmsc(directory: string, state: DmscState): Promise<void> {
  const { affinity, embedding, labels } = state;
  const arrays: Record<string, WritableArray> = {
    labels: { shape: [labels.length], values: labels },
    embedding,
    'affinity-offsets': { shape: [affinity.rowOffsets.length], values: affinity.rowOffsets },
    'affinity-columns': { shape: [affinity.columnIndices.length], values: affinity.columnIndices },
    'affinity-values': { shape: [affinity.values.length], values: affinity.values },
  };
  const weights = Object.values(await captureState(state.network));
  weights.forEach(({ values }, i) => {
    arrays[`weights-${i}`] = { shape: [values.length], values };
  });
  const inputs = state.inputs.map(({ name, shape, transform, factor }, v) => {
    const vectors: string[] = [];
    for (const [key, value] of Object.entries(transform.state)) {
      const values = typeof value === 'number' ? Float32Array.of(value) : value;
      vectors.push(key);
      arrays[`input-${v}-${key}`] = { shape: [values.length], values };
    }
    return { name, shape: [...shape], transform: transform.name, vectors, factor };
  });
  const packed = state.latents.map(packPrepared);
  for (const part of packed) Object.assign(arrays, part.arrays);
  const file: ModelFile = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    options: state.resolved,
    clusters: state.clusters,
    seed: state.seed,
    medians: [...state.medians],
    seconds: state.seconds,
    inputs,
    weights: weights.map(({ shape }) => [...shape]),
    latents: packed.map((part) => part.description),
    history: state.history.map(({ phase, step, losses }) => ({ phase, step, losses: { ...losses } })),
  };
  await writeModelFiles(directory, file, arrays);
}
