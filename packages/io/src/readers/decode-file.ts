import type { CrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from '../arrays/array-value.js';
import { inflateGzip } from './compression/inflate.js';
import { GZIP_MAGIC, refuseGzip } from './compression/gzip-magic.js';
import { unsupportedError } from './format-error.js';
import type { ArrayFormat } from './formats/array-format.js';
import { detectFormat } from './formats/detect-format.js';
import { startsWith } from './formats/starts-with.js';
import { zipContents } from './formats/zip-contents.js';
import { readMat4Header } from './matlab/mat4/header.js';
import { readMat4 } from './matlab/read-mat4.js';
import { readMat5 } from './matlab/read-mat5.js';
import { readNpy } from './numpy/read-npy.js';
import { readNpz } from './numpy/read-npz.js';
import { readIdx } from './idx/read-idx.js';
import { MAXIMUM_BYTES, type ReadOptions } from './read-options.js';
import { sourceName } from './source-name.js';

/** What the bytes of a file hold: a text table that {@link readTable} reads, or arrays by name. */
export type DecodedFile =
  | {
      readonly kind: 'table';
      /** The text, decompressed. */
      readonly bytes: Uint8Array;
      /** Character between cells, where the format says so. */
      readonly delimiter?: string;
    }
  | { readonly kind: 'arrays'; readonly variables: ReadonlyMap<string, ArrayValue> };

/** Options of {@link decodeFile}. */
export interface DecodeFileOptions extends Omit<ReadOptions, 'where'> {
  /** Format of the file, whatever its name and its content look like. @defaultValue as both tell */
  readonly format?: ArrayFormat;
}

/**
 * Tells what the bytes of a file hold, gzipped or not. The content decides; the extension only tells text tables. Of .mat and .npz files
 * each variable is decoded when it is asked for; formats of one array call it `data`.
 *
 * @param path - gives the extension and names the file in messages, `-` for standard input
 * @throws CrossmodalError `format` when the file is damaged; `unsupported` when it is of another format, which the message names with what
 * to do.
 */
export function decodeFile(bytes: Uint8Array, path: string, options: DecodeFileOptions = {}): DecodedFile {
  const { maximumBytes = MAXIMUM_BYTES, format } = options;
  const where = sourceName(path);
  const binary = { maximumBytes, where };
  if (startsWith(bytes, GZIP_MAGIC)) {
    const content = inflateGzip(bytes, maximumBytes, where);
    refuseGzip(content, where);
    return decodeFile(content, path.replace(/\.gz$/i, ''), options);
  }
  switch (format ?? detectFormat(bytes, path, where)) {
    case 'csv':
      return { kind: 'table', bytes };
    case 'tsv':
      return { kind: 'table', bytes, delimiter: '\t' };
    case 'npy':
      return arrays(single(readNpy(bytes, binary)));
    case 'idx':
      return arrays(single(readIdx(bytes, binary)));
    case 'npz':
      return arrays(archive(bytes, binary));
    case 'mat':
      return arrays(readMat4Header(bytes) === undefined ? readMat5(bytes, binary) : readMat4(bytes, binary));
  }
}

function arrays(variables: ReadonlyMap<string, ArrayValue>): DecodedFile {
  return { kind: 'arrays', variables };
}

function single(value: ArrayValue): ReadonlyMap<string, ArrayValue> {
  return new Map([['data', value]]);
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
