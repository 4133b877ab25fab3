import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrossmodalError, csrMatrix, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { readArrays, restoreTransform, type ArrayValue } from '@crossmodal/data';
import { resolveExactOptions } from './exact-options.js';
import type { ExactState } from './exact-state.js';
import { FittedExact } from './fitted-exact.js';
import type { FittedModality } from './fitted-modality.js';
import { modelFile, type ModelFile } from './model-file.js';

/**
 * Reads a model that {@link FittedExact.save} wrote; it predicts as before.
 *
 * @throws CrossmodalError `not-found` when there is none in the directory; `format` when it is damaged or of another method or version.
 * @example
 * ```ts
 * const fitted = await loadExact('models/digits');
 * const labels = await fitted.predict(newData);
 * ```
 */
export async function loadExact(directory: string): Promise<FittedExact> {
  const file = await readModelFile(join(directory, 'model.json'));
  const arrays = await readArrays(join(directory, 'arrays.npz'));
  const vector = (name: string) => numbersOf(arrays, name).values;
  const modalities = file.modalities.map((entry, v): FittedModality => {
    const state: Record<string, number | Float32Array> = { ...entry.numbers };
    for (const key of entry.vectors) state[key] = Float32Array.from(vector(`transform-${v}-${key}`));
    const features = matrixOf(arrays, `features-${v}`);
    const present = entry.present ? Uint8Array.from(vector(`present-${v}`)) : undefined;
    return {
      name: entry.name,
      transform: restoreTransform(entry.transform, state),
      features: denseMatrix(Float32Array.from(features.values), features.rows, features.columns),
      ...(present ? { present } : {}),
    };
  });
  const labels = Int32Array.from(vector('labels'));
  const n = labels.length;
  const embedding = matrixOf(arrays, 'embedding');
  const sizes = [embedding.rows, ...modalities.map(({ features }) => features.rows)];
  const wrong = sizes.find((rows) => rows !== n);
  if (
    wrong !== undefined ||
    file.medians.length !== modalities.length ||
    labels.some((label) => label < 0 || label >= file.clusters)
  ) {
    throw damaged(directory, `arrays that do not belong together (${n} labels, ${sizes.join(', ')} rows)`);
  }
  const state: ExactState = {
    resolved: resolveExactOptions(file.options),
    clusters: file.clusters,
    seed: file.seed,
    modalities,
    medians: file.medians,
    labels,
    embedding: denseMatrix(Float64Array.from(embedding.values), embedding.rows, embedding.columns),
    affinity: csrMatrix(
      n,
      n,
      Int32Array.from(vector('affinity-offsets')),
      Int32Array.from(vector('affinity-columns')),
      Float32Array.from(vector('affinity-values')),
    ),
    seconds: file.seconds,
  };
  return new FittedExact(state);
}

async function readModelFile(path: string): Promise<ModelFile> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CrossmodalError({
      code: 'not-found',
      where: 'loadExact',
      expected: `a saved model at '${path}'`,
      received: 'no readable file',
      advice: 'Give the directory that save() wrote.',
      cause,
    });
  });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw damaged(path, 'text that is not JSON');
  }
  const outcome = modelFile.safeParse(content);
  if (outcome.success) return outcome.data;
  const issue = outcome.error.issues[0]!;
  throw damaged(path, `${issue.path.join('.')}: ${issue.message}`);
}

function numbersOf(arrays: ReadonlyMap<string, ArrayValue>, name: string) {
  const value = arrays.get(name);
  if (value?.kind !== 'array') throw damaged('arrays.npz', `no array '${name}'`);
  return value;
}

function matrixOf(arrays: ReadonlyMap<string, ArrayValue>, name: string): DenseMatrix {
  const { shape, values } = numbersOf(arrays, name);
  if (shape.length !== 2) throw damaged('arrays.npz', `'${name}' of shape [${shape.join(', ')}]`);
  return denseMatrix(values, shape[0]!, shape[1]!);
}

function damaged(path: string, received: string): CrossmodalError {
  return new CrossmodalError({
    code: 'format',
    where: `loadExact '${path}'`,
    expected: 'a model of the exact method, as save() writes it',
    received,
  });
}
