import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrossmodalError } from '@crossmodal/core';
import type * as z from 'zod';
import { readArrays } from '../readers/read-arrays.js';
import type { WritableArray } from '../writers/writable-array.js';
import { writeDirectoryAtomic } from '../writers/write-directory-atomic.js';
import { writeNpz } from '../writers/write-npz.js';
import { ARRAYS, modelArrays, type ModelArrays } from './model-arrays.js';
import { DESCRIPTION, descriptionText, parseDescription } from './model-description.js';

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
    [DESCRIPTION]: descriptionText(description),
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
  const description = parseDescription(where, path, text, schema);
  const arrays = await readArrays(join(directory, ARRAYS));
  return { description, arrays: modelArrays(where, arrays) };
}
