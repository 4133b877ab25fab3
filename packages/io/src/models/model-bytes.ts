import { CrossmodalError } from '@crossmodal/core';
import { zipSync } from 'fflate';
import type * as z from 'zod';
import { Budget } from '../readers/compression/budget.js';
import { readNpz } from '../readers/numpy/read-npz.js';
import { MAXIMUM_BYTES } from '../readers/read-options.js';
import { zipEntries } from '../readers/zip/entries.js';
import { readEntry } from '../readers/zip/read-entry.js';
import type { WritableArray } from '../writers/writable-array.js';
import { writeNpz } from '../writers/write-npz.js';
import { ARRAYS, modelArrays, type ModelArrays } from './model-arrays.js';
import { DESCRIPTION, descriptionText, parseDescription } from './model-description.js';

/**
 * Writes a model as the bytes of a zip archive that holds what a model's directory holds: `model.json` and `arrays.npz`.
 *
 * @param description - plain data that JSON keeps
 */
export function writeModelBytes(
  description: object,
  arrays: Readonly<Record<string, WritableArray>>,
): Uint8Array {
  const files = {
    [DESCRIPTION]: new TextEncoder().encode(descriptionText(description)),
    [ARRAYS]: writeNpz(arrays),
  };
  // A fixed date, the first that zip knows: the bytes depend on the model alone.
  return zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) });
}

/**
 * Reads what {@link writeModelBytes} wrote, or a zip archive of a model's directory.
 *
 * @param where - the public function that loads, for errors
 * @throws CrossmodalError `format` when the bytes are no such archive, or the model is damaged, or of another method or version.
 */
export function readModelBytes<S extends z.ZodType>(
  where: string,
  bytes: Uint8Array,
  schema: S,
): { readonly description: z.output<S>; readonly arrays: ModelArrays } {
  const entries = zipEntries(bytes, where);
  const budget = new Budget(MAXIMUM_BYTES);
  const content = (name: string) => {
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry !== undefined) return readEntry(bytes, entry, budget, where);
    throw new CrossmodalError({
      code: 'format',
      where,
      expected: `an archive with '${name}', as toBytes() makes it`,
      received: entries.map((candidate) => `'${candidate.name}'`).join(', ') || 'an empty one',
    });
  };
  const text = new TextDecoder().decode(content(DESCRIPTION));
  const description = parseDescription(where, DESCRIPTION, text, schema);
  return { description, arrays: modelArrays(where, readNpz(content(ARRAYS), { where })) };
}
