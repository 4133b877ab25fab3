import { isCrossmodalError } from '@crossmodal/core';
import type { ArrayValue, StructArray } from '../../arrays/array-value.js';
import { printable } from '../../arrays/describe-array.js';
import { LazyMap } from '../../arrays/lazy-map.js';
import { formatError, unsupportedError } from '../format-error.js';
import { decodeElements } from './decode-elements.js';
import { parseElementType } from './element-type.js';
import type { NpyHeader } from './header.js';
import { parseRecordType, type RecordField } from './record-fields.js';

/**
 * An array of records as one struct whose fields are arrays of its shape, each decoded when it is asked for; one that cannot be read
 * refuses only itself.
 */
export function readRecords({ shape, columnMajor, descr, data }: NpyHeader, where: string): StructArray {
  const { fields, size } = parseRecordType(descr, where);
  const count = shape.reduce((product, length) => product * length, 1);
  if (data.length !== count * size) {
    throw formatError(where, `${count} records of ${size} bytes`, `${data.length} bytes`);
  }
  if (columnMajor && shape.length > 1) {
    const cure = 'Save each field as its own array.';
    throw unsupportedError(where, 'records in C order', 'records in Fortran order', cure);
  }
  const read = (field: RecordField): ArrayValue => {
    const inside = `${where} field '${printable(field.name)}'`;
    try {
      const type = parseElementType(field.descr, inside);
      const bytes = new Uint8Array(count * field.size);
      for (let i = 0; i < count; i++) {
        const start = i * size + field.offset;
        bytes.set(data.subarray(start, start + field.size), i * field.size);
      }
      return decodeElements(bytes, type, [...shape, ...field.shape], inside);
    } catch (error) {
      if (!isCrossmodalError(error)) throw error;
      return { kind: 'opaque', description: error.received, error };
    }
  };
  const makers = fields.map((field) => [field.name, () => [read(field)]] as const);
  return { kind: 'struct', shape: [], fields: new LazyMap(makers) };
}
