import type { ArrayValue } from '../arrays/array-value.js';
import { decodeFile, type DecodeFileOptions } from './decode-file.js';
import { readDelimited, type DelimitedOptions } from './delimited/read-delimited.js';
import { readFileBytes } from './read-file-bytes.js';
import { sourceName } from './source-name.js';

/** Options of {@link readArrays}. */
export interface ReadArraysOptions extends DecodeFileOptions, Omit<DelimitedOptions, 'where'> {}

/**
 * Reads the arrays of a file by name: MATLAB 4 and 5 (.mat), NumPy (.npy, .npz), separated values (.csv, .tsv, .txt) or IDX,
 * each also gzipped (.gz). The content decides; the extension only tells separated values. The option `format` overrides both.
 *
 * Formats of one array call it `data`. Of .mat and .npz files each variable is decoded when it is asked for, and one that cannot be read
 * refuses only itself.
 *
 * @throws CrossmodalError `not-found` when the file cannot be read; `format` when it is damaged; `unsupported` when it
 * is of another format, such as MATLAB 7.3, which the message names with what to do.
 * @example
 * ```ts no-run
 * const variables = await readArrays('COIL20.mat');
 * const features = arrayToMatrix(selectArray(variables, 'fea'));
 * ```
 */
export async function readArrays(
  path: string,
  options: ReadArraysOptions = {},
): Promise<ReadonlyMap<string, ArrayValue>> {
  return decodeArrays(await readFileBytes(path), path, options);
}

/**
 * Decodes the bytes of a file as {@link readArrays} does; `path` gives the extension and names the file in messages, `-` for standard
 * input.
 */
export function decodeArrays(
  bytes: Uint8Array,
  path: string,
  options: ReadArraysOptions = {},
): ReadonlyMap<string, ArrayValue> {
  const { maximumBytes, format, ...delimited } = options;
  const file = decodeFile(bytes, path, {
    ...(maximumBytes === undefined ? {} : { maximumBytes }),
    ...(format === undefined ? {} : { format }),
  });
  if (file.kind === 'arrays') return file.variables;
  const separator = file.delimiter === undefined ? {} : { delimiter: file.delimiter };
  return readDelimited(file.bytes, { ...separator, ...delimited, where: sourceName(path) });
}
