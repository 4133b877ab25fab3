import { isCrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from '../../arrays/array-value.js';
import { LazyVariables, type StoredVariable } from '../../arrays/lazy-variables.js';
import { printable } from '../../arrays/describe-array.js';
import { Budget } from '../compression/budget.js';
import { formatError } from '../format-error.js';
import { MAXIMUM_BYTES, type ReadOptions } from '../read-options.js';
import { scipyMatrix } from '../sparse/scipy-archive.js';
import { zipEntries, type ZipEntry } from '../zip/entries.js';
import { entryStart, readEntry } from '../zip/read-entry.js';
import { NPY_MAGIC } from './header.js';
import { summariseNpy } from './summarise.js';
import { readNpy } from './read-npy.js';

/** Longest header of version 1, the one that arrays of plain types have. */
const HEADER_BYTES = 1 << 16;

/**
 * Reads a NumPy `.npz` archive, stored or compressed. Each member that is an array becomes a variable, `name.npy` and plain `name` alike
 * called `name`; where the archive holds both, `name.npy` keeps its ending, as with NumPy. Other files in the archive are left out.
 *
 * An archive of `scipy.sparse.save_npz` (csr, csc, coo, bsr or dia) is one variable, the sparse matrix `data`.
 *
 * The names are known at once; each array is decompressed and decoded when it is asked for, and one that cannot be read refuses only
 * itself.
 *
 * @param bytes - the whole file
 * @throws CrossmodalError `format` when the archive is damaged. A variable throws as {@link readNpy}; also `format` when it is damaged
 * or its name stands for two members, and `unsupported` when it is encrypted, beyond 4 GiB, or grows beyond `maximumBytes`.
 */
export function readNpz(bytes: Uint8Array, options: ReadOptions = {}): ReadonlyMap<string, ArrayValue> {
  const { maximumBytes = MAXIMUM_BYTES, where = 'readNpz' } = options;
  const budget = new Budget(maximumBytes);
  const members = zipEntries(bytes, where).filter((entry) => isArray(bytes, entry, where));
  const names = new Set(members.map(({ name }) => name));
  const variables = new Map<string, StoredVariable>();
  for (const entry of members) {
    const short = entry.name.replace(/\.npy$/, '');
    const name = short !== entry.name && names.has(short) ? entry.name : short;
    const stored = storedArray(bytes, entry, budget, `${where} '${printable(entry.name)}'`);
    variables.set(name, variables.has(name) ? repeated(where, entry.name) : stored);
  }
  const arrays = new LazyVariables(variables);
  const matrix = scipyMatrix(arrays, where);
  return matrix === undefined ? arrays : new LazyVariables(new Map([['data', matrix]]));
}

/** Whether a member is named as an array, or starts like one, or hides its start, which its own reading tells. */
function isArray(bytes: Uint8Array, entry: ZipEntry, where: string): boolean {
  if (entry.name.endsWith('.npy')) return true;
  if (entry.name.endsWith('/')) return false;
  try {
    return String.fromCharCode(...entryStart(bytes, entry, NPY_MAGIC.length, where)) === NPY_MAGIC;
  } catch (error) {
    if (isCrossmodalError(error)) return true;
    throw error;
  }
}

function storedArray(bytes: Uint8Array, entry: ZipEntry, budget: Budget, where: string): StoredVariable {
  return {
    summarise: () => summariseNpy(entryStart(bytes, entry, HEADER_BYTES, where), where),
    read: () => readNpy(readEntry(bytes, entry, budget, where), { where }),
  };
}

function repeated(where: string, name: string): StoredVariable {
  return {
    summarise: () => ({ kind: 'unreadable', description: 'several members of this name' }),
    read() {
      throw formatError(where, `one member '${printable(name)}'`, 'several');
    },
  };
}
