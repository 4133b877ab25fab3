import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import type { z } from 'zod';
import type { ArrayValue } from '../arrays/array-value.js';
import { readArrays } from '../readers/read-arrays.js';
import type { WritableArray } from '../writers/writable-array.js';
import { writeDirectoryAtomic } from '../writers/write-directory-atomic.js';
import { writeNpz } from '../writers/write-npz.js';

const DESCRIPTION = 'model.json';
const ARRAYS = 'arrays.npz';

/** The arrays of a saved model, by name. */
export interface ModelArrays {
  /**
   * Values of an array of any shape, all of them finite.
   *
   * @throws CrossmodalError `format` when there is none of that name, or a value is not finite.
   */
  vector(name: string): ArrayLike<number>;
  /**
   * An array of two axes, its values finite.
   *
   * @throws CrossmodalError `format` when there is none of that name, it has other axes, or a value is not finite.
   */
  matrix(name: string): DenseMatrix;
}

/** What {@link readModelFiles} gives. */
export interface ModelFiles<T> {
  readonly description: T;
  readonly arrays: ModelArrays;
}

/**
 * Writes a model as `model.json` and `arrays.npz` into a directory, whole or not at all.
 *
 * @param description - plain data that JSON keeps
 * @throws CrossmodalError `state` when the directory holds anything but an unchanged model that was saved before.
 */
export async function writeModelFiles(
  directory: string,
  description: object,
  arrays: Readonly<Record<string, WritableArray>>,
): Promise<void> {
  await writeDirectoryAtomic(directory, {
    [DESCRIPTION]: `${JSON.stringify(description, undefined, 2)}\n`,
    [ARRAYS]: writeNpz(arrays),
  });
}

/**
 * Reads what {@link writeModelFiles} wrote, its description checked against a schema.
 *
 * @param where - the public function that loads, for error messages
 * @throws CrossmodalError `not-found` when there is no model in the directory; `format` when it is damaged, or of another method or version.
 */
export async function readModelFiles<S extends z.ZodType>(
  where: string,
  directory: string,
  schema: S,
): Promise<ModelFiles<z.output<S>>> {
  const path = join(directory, DESCRIPTION);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CrossmodalError({
      code: 'not-found',
      where,
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
    throw damagedModel(where, path, 'text that is not JSON');
  }
  const outcome = schema.safeParse(content);
  if (!outcome.success) {
    const issue = outcome.error.issues[0]!;
    throw damagedModel(where, path, `${issue.path.join('.')}: ${issue.message}`);
  }
  const arrays = await readArrays(join(directory, ARRAYS));
  return { description: outcome.data, arrays: arraysOf(where, arrays) };
}

function arraysOf(where: string, arrays: ReadonlyMap<string, ArrayValue>): ModelArrays {
  const find = (name: string) => {
    const value = arrays.get(name);
    if (value?.kind !== 'array') throw damagedModel(where, ARRAYS, `no array '${name}'`);
    // Nothing that a fit leaves is other than finite, and all that is computed from such a value is wrong without a word.
    const bad = value.values.findIndex((x) => !Number.isFinite(x));
    if (bad >= 0) throw damagedModel(where, ARRAYS, `${value.values[bad]} at ${bad} of '${name}'`);
    return value;
  };
  return {
    vector: (name) => find(name).values,
    matrix(name) {
      const { shape, values } = find(name);
      if (shape.length !== 2) throw damagedModel(where, ARRAYS, `'${name}' of shape [${shape.join(', ')}]`);
      return denseMatrix(values, shape[0]!, shape[1]!);
    },
  };
}

/** The error for a saved model whose parts do not fit together. */
export function damagedModel(where: string, path: string, received: string): CrossmodalError {
  return new CrossmodalError({
    code: 'format',
    where: `${where} '${path}'`,
    expected: 'a model of this method, as save() writes it',
    received,
  });
}
