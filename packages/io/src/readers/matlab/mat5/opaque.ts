import type { OpaqueValue } from '../../../arrays/array-value.js';
import { printable } from '../../../arrays/describe-array.js';
import type { ByteCursor } from '../../binary/byte-cursor.js';
import { CLASS, readName } from './header.js';

/** How to save objects of MATLAB's own classes as data. */
const CURES: ReadonlyMap<string, string> = new Map([
  ['categorical', 'Save cellstr(x) of it, or double(x).'],
  ['string', 'Save cellstr(x) of it.'],
  ['table', 'Save table2array(x) of its numeric columns, and its text columns as cell arrays.'],
  ['timetable', 'Save its numeric columns as a matrix.'],
  ['datetime', 'Save posixtime(x) of it.'],
  ['duration', 'Save seconds(x) of it.'],
  ['containers.Map', 'Save its keys and values as cell arrays.'],
]);

/** An array whose class is no data that this library reads, the cursor behind its header; undefined for other classes. */
export function opaqueValue(kind: number, cursor: ByteCursor): OpaqueValue | undefined {
  if (kind === CLASS.functionHandle) return { kind: 'opaque', description: 'a function handle' };
  if (kind === CLASS.object) return objectOf(readName(cursor));
  if (kind !== CLASS.opaque) return undefined;
  // The system of types comes first, `MCOS` or `java`, then the class.
  readName(cursor);
  return objectOf(readName(cursor));
}

function objectOf(name: string): OpaqueValue {
  const advice = CURES.get(name) ?? 'Save its data as a matrix or a cell array.';
  return { kind: 'opaque', description: `an object of class '${printable(name)}'`, advice };
}
