import type { CrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from '../arrays/array-value.js';
import { printable } from '../arrays/describe-array.js';
import { unsupportedError } from './format-error.js';
import { detectFormat } from './formats/detect-format.js';
import { readBytes } from './formats/read-bytes.js';
import { startsWith } from './formats/starts-with.js';
import { zipContents } from './formats/zip-contents.js';
import { inflateGzip } from './inflate.js';
import { readMat4Header } from './mat4/header.js';
import { readDelimited, type DelimitedOptions } from './read-delimited.js';
import { readIdx } from './read-idx.js';
import { readMat4 } from './read-mat4.js';
import { readMat5 } from './read-mat5.js';
import { readNpy } from './read-npy.js';
import { readNpz } from './read-npz.js';
import { MAXIMUM_BYTES, type ReadOptions } from './read-options.js';

/** A format of files that {@link readArrays} reads. */
export type ArrayFormat = 'csv' | 'tsv' | 'npy' | 'npz' | 'mat' | 'idx';

/** Options of {@link readArrays}. */
export interface ReadArraysOptions extends Omit<ReadOptions, 'where'>, Omit<DelimitedOptions, 'where'> {
  /** Format of the file, whatever its name and its content look like. @defaultValue as both tell */
  readonly format?: ArrayFormat;
}

const GZIP_MAGIC = '\x1f\x8b';

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
  return decodeArrays(await readBytes(path, sourceName(path)), path, options);
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
  const { maximumBytes = MAXIMUM_BYTES, format, ...delimited } = options;
  const where = sourceName(path);
  const binary = { maximumBytes, where };
  if (startsWith(bytes, GZIP_MAGIC)) {
    const content = inflateGzip(bytes, maximumBytes, where);
    // A gzip file inside a gzip file is nothing but a way to hide a bomb.
    if (startsWith(content, GZIP_MAGIC))
      throw unsupportedError(where, 'a file gzipped once', 'one gzipped twice', 'Unpack it.');
    return decodeArrays(content, path.replace(/\.gz$/i, ''), options);
  }
  switch (format ?? detectFormat(bytes, path, where)) {
    case 'npy':
      return new Map([['data', readNpy(bytes, binary)]]);
    case 'idx':
      return new Map([['data', readIdx(bytes, binary)]]);
    case 'npz':
      return archive(bytes, binary);
    case 'mat':
      return readMat4Header(bytes) === undefined ? readMat5(bytes, binary) : readMat4(bytes, binary);
    case 'tsv':
      return readDelimited(bytes, { delimiter: '\t', ...delimited, where });
    case 'csv':
      return readDelimited(bytes, { ...delimited, where });
  }
}

/** A file in messages. */
function sourceName(path: string): string {
  return path === '-' ? 'standard input' : `'${printable(path)}'`;
}

function archive(
  bytes: Uint8Array,
  options: ReadOptions & { readonly where: string },
): ReadonlyMap<string, ArrayValue> {
  const variables = readNpz(bytes, options);
  if (variables.size > 0) return variables;
  throw noArrays(bytes, options.where);
}

function noArrays(bytes: Uint8Array, where: string): CrossmodalError {
  const { name, cure } = zipContents(bytes, where) ?? {
    name: 'a zip archive without arrays',
    cure: 'Unpack it and name one of its files.',
  };
  return unsupportedError(where, 'an archive of NumPy arrays (.npz)', name, cure);
}
