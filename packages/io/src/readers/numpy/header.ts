import { ByteCursor } from '../binary/byte-cursor.js';
import { formatError } from '../format-error.js';

/** What the header of a `.npy` file states, and the bytes after it. */
export interface NpyHeader {
  readonly shape: readonly number[];
  readonly columnMajor: boolean;
  /** Element type as written, such as `'<f4'` with its quotes, or the list of the fields of a record. */
  readonly descr: string;
  readonly data: Uint8Array;
}

/** The bytes every `.npy` file starts with. */
export const NPY_MAGIC = '\x93NUMPY';

/** Reads the magic, the version and the dictionary of a `.npy` file. */
export function parseNpyHeader(bytes: Uint8Array, where: string): NpyHeader {
  const cursor = new ByteCursor(bytes, true, where);
  const magic = String.fromCharCode(...cursor.take(6, 'the magic'));
  if (magic !== NPY_MAGIC) throw formatError(where, 'a .npy file', 'other bytes');
  const [major = 0] = cursor.take(2, 'the version');
  if (major < 1 || major > 3) throw formatError(where, 'version 1, 2 or 3', `${major}`);
  const length = major === 1 ? cursor.uint16('the header length') : cursor.uint32('the header length');
  const header = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(cursor.take(length, 'the header'));
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const tuple = /'shape'\s*:\s*\(([^)]*)\)/.exec(header)?.[1];
  const descr = /'descr'\s*:\s*('[^']*'|\[.*\])/s.exec(header)?.[1];
  if (order === undefined || tuple === undefined || descr === undefined) {
    throw formatError(
      where,
      "a header with 'descr', 'fortran_order' and 'shape'",
      `'${header.slice(0, 60)}'`,
    );
  }
  return {
    shape: parseShape(tuple, where),
    columnMajor: order === 'True',
    descr,
    data: cursor.take(cursor.remaining, 'the values'),
  };
}

function parseShape(tuple: string, where: string): number[] {
  const parts = tuple.split(',').map((part) => part.trim());
  // A trailing comma closes a tuple of one.
  if (parts[parts.length - 1] === '') parts.pop();
  const shape = parts.map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : Number.NaN));
  if (shape.length > 32 || shape.some(Number.isNaN))
    throw formatError(where, 'a shape of whole numbers', `(${tuple})`);
  return shape;
}
