import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelFiles, writeModelFiles, type ModelArrays, type WritableArray } from '@crossmodal/io';
import * as z from 'zod';

/** Writes a description and arrays as a model, and reads them again. */
export async function roundTrip<S extends z.ZodType>(
  schema: S,
  description: unknown,
  arrays: Readonly<Record<string, WritableArray>>,
): Promise<{ readonly description: z.output<S>; readonly arrays: ModelArrays }> {
  const folder = await mkdtemp(join(tmpdir(), 'crossmodal-assembly-'));
  try {
    const directory = join(folder, 'model');
    await writeModelFiles(directory, { part: description }, arrays);
    const read = await readModelFiles('roundTrip', directory, z.object({ part: schema }));
    return { description: (read.description as { part: z.output<S> }).part, arrays: read.arrays };
  } finally {
    await rm(folder, { recursive: true });
  }
}
