import { zipSync, type Zippable } from 'fflate';
import type { WritableArray } from './writable-array.js';
import { writeNpy } from './write-npy.js';

/** Options of {@link writeNpz}. */
export interface WriteNpzOptions {
  /** Deflate the arrays. @defaultValue false, as `numpy.savez`: weights hardly shrink */
  readonly compress?: boolean;
}

/**
 * Writes named arrays as a NumPy `.npz` archive that {@link readNpz} and `numpy.load` read; equal arrays give equal
 * bytes.
 *
 * @throws CrossmodalError `shape` as {@link writeNpy}.
 */
export function writeNpz(
  arrays: Readonly<Record<string, WritableArray>>,
  options: WriteNpzOptions = {},
): Uint8Array {
  const level = options.compress === true ? 6 : 0;
  const files: Zippable = {};
  for (const [name, array] of Object.entries(arrays)) files[`${name}.npy`] = writeNpy(array);
  // A fixed date, the first that zip knows: the bytes depend on the arrays alone.
  return zipSync(files, { level, mtime: new Date(1980, 0, 1) });
}
