import { readFile } from 'node:fs/promises';
import { CrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from '../arrays/array-value.js';
import { unsupportedError } from './format-error.js';
import { inflateGzip } from './inflate.js';
import { NPY_MAGIC } from './npy/header.js';
import { readDelimited, type DelimitedOptions } from './read-delimited.js';
import { readIdx } from './read-idx.js';
import { readMat4Header } from './mat4/header.js';
import { readMat4 } from './read-mat4.js';
import { readMat5 } from './read-mat5.js';
import { readNpy } from './read-npy.js';
import { readNpz } from './read-npz.js';
import { MAXIMUM_BYTES, type ReadOptions } from './read-options.js';

/** Options of {@link readArrays}. */
export interface ReadArraysOptions extends Omit<ReadOptions, 'where'>, Omit<DelimitedOptions, 'where'> {}

const HDF5_MAGIC = '\x89HDF\r\n\x1a\n';

/**
 * Reads the arrays of a file by name: MATLAB 5 (.mat), NumPy (.npy, .npz), separated values (.csv, .tsv, .txt) or IDX,
 * each also gzipped (.gz). The content decides; the extension only tells separated values.
 *
 * Formats of one array call it `data`.
 *
 * @throws CrossmodalError `not-found` when the file cannot be read; `format` when it is damaged; `unsupported` when it
 * is of another format, such as MATLAB 7.3.
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
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new CrossmodalError({
      code: 'not-found',
      where: `'${path}'`,
      expected: `a readable file '${path}'`,
      received: code === 'ENOENT' ? 'no such file' : code,
      advice: 'Check the path.',
      cause,
    });
  }
  return decodeArrays(bytes, path, options);
}

/** Decodes the bytes of a file as {@link readArrays} does; `path` gives the extension and names the file in messages. */
export function decodeArrays(
  bytes: Uint8Array,
  path: string,
  options: ReadArraysOptions = {},
): ReadonlyMap<string, ArrayValue> {
  const { maximumBytes = MAXIMUM_BYTES, ...delimited } = options;
  const where = `'${path}'`;
  const binary = { maximumBytes, where };
  if (startsWith(bytes, '\x1f\x8b')) {
    const content = inflateGzip(bytes, maximumBytes, where);
    // A gzip file inside a gzip file is nothing but a way to hide a bomb.
    if (startsWith(content, '\x1f\x8b')) throw unknownFormat(bytes, path, where);
    return decodeArrays(content, path.replace(/\.gz$/i, ''), options);
  }
  if (startsWith(bytes, NPY_MAGIC)) return single(readNpy(bytes, binary));
  if (startsWith(bytes, 'PK')) return readNpz(bytes, binary);
  if (startsWith(bytes, HDF5_MAGIC)) {
    throw unsupportedError(
      where,
      'a MATLAB file of version 5',
      'HDF5 (version 7.3)',
      'Save it with: save(file, vars, "-v7").',
    );
  }
  if (/\.(csv|tsv|txt|tab)$/i.test(path)) {
    const byExtension = /\.(tsv|tab)$/i.test(path) ? { delimiter: '\t' } : {};
    return readDelimited(bytes, { ...byExtension, ...delimited, where });
  }
  const mark = bytes.length >= 128 ? String.fromCharCode(bytes[126]!, bytes[127]!) : '';
  const isMat = /\.mat$/i.test(path) || mark === 'IM' || mark === 'MI';
  if (isMat) return readMat4Header(bytes) === undefined ? readMat5(bytes, binary) : readMat4(bytes, binary);
  if (bytes[0] === 0 && bytes[1] === 0 && bytes.length >= 4) return single(readIdx(bytes, binary));
  throw unknownFormat(bytes, path, where);
}

function single(value: ArrayValue): ReadonlyMap<string, ArrayValue> {
  return new Map([['data', value]]);
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  for (let p = 0; p < magic.length; p++) if (bytes[p] !== magic.charCodeAt(p)) return false;
  return true;
}

function unknownFormat(bytes: Uint8Array, path: string, where: string): CrossmodalError {
  const extension = /\.[^./\\]*$/.exec(path)?.[0];
  const name = extension === undefined ? 'without extension' : `named ${extension}`;
  return unsupportedError(
    where,
    'a .mat, .npy, .npz, .csv, .tsv or IDX file',
    bytes.length === 0 ? 'an empty file' : `other content ${name}`,
    'Convert it to one of these.',
  );
}
