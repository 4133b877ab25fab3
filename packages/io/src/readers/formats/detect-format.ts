import type { CrossmodalError } from '@crossmodal/core';
import { unsupportedError } from '../format-error.js';
import { NPY_MAGIC } from '../numpy/header.js';
import type { ArrayFormat } from './array-format.js';
import { foreignFormat } from './foreign-format.js';
import { startsWith } from './starts-with.js';

const HDF5_MAGIC = '\x89HDF\r\n\x1a\n';
const READ = 'a .mat, .npy, .npz, .csv, .tsv or IDX file';

/**
 * Tells the format of a file by its content, and of separated values by its extension.
 *
 * @throws CrossmodalError `unsupported` for every other format, by its name and with what to do.
 */
export function detectFormat(bytes: Uint8Array, path: string, where: string): ArrayFormat {
  if (bytes.length === 0) throw unsupportedError(where, READ, 'an empty file', 'Check how it was written.');
  if (startsWith(bytes, NPY_MAGIC)) return 'npy';
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return 'npz';
  if (startsWith(bytes, HDF5_MAGIC)) throw hdf5(path, where);
  const foreign = foreignFormat(bytes);
  if (foreign !== undefined) throw unsupportedError(where, READ, foreign.name, foreign.cure);
  if (/\.(tsv|tab)$/i.test(path)) return 'tsv';
  if (/\.(csv|txt)$/i.test(path)) return 'csv';
  const mark = bytes.length >= 128 ? String.fromCharCode(bytes[126]!, bytes[127]!) : '';
  if (/\.mat$/i.test(path) || mark === 'IM' || mark === 'MI') return 'mat';
  if (bytes[0] === 0 && bytes[1] === 0 && bytes.length >= 4) return 'idx';
  throw unknown(path, where);
}

function hdf5(path: string, where: string): CrossmodalError {
  const cure = 'Save it with: save(file, vars, "-v7").';
  return /\.mat$/i.test(path)
    ? unsupportedError(where, 'a MATLAB file of version 5', 'HDF5 (version 7.3)', cure)
    : unsupportedError(
        where,
        READ,
        'an HDF5 file',
        'Export its arrays with numpy.savez; in MATLAB save them with "-v7".',
      );
}

function unknown(path: string, where: string): CrossmodalError {
  const extension = /\.[^./\\]*$/.exec(path)?.[0];
  const name =
    path === '-' ? 'of another format' : extension === undefined ? 'without extension' : `named ${extension}`;
  return unsupportedError(
    where,
    READ,
    `content ${name}`,
    'Name the format if it is one of these (csv, tsv, npy, npz, mat or idx), or convert it.',
  );
}
