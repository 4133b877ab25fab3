import { formatError, unsupportedError } from '../format-error.js';

/** One field of the records of a NumPy array. */
export interface RecordField {
  readonly name: string;
  /** Element type as written, with its quotes. */
  readonly descr: string;
  /** Shape of the field in one record, `[]` of a single value. */
  readonly shape: readonly number[];
  /** Where it starts in a record. */
  readonly offset: number;
  /** Bytes that it takes in a record. */
  readonly size: number;
}

/** How the records of a NumPy array are laid out. */
export interface RecordType {
  readonly fields: readonly RecordField[];
  /** Bytes of a record, gaps included. */
  readonly size: number;
}

/** `('name', '<f4')` or `('name', '<f4', (3, 2))`, and the comma behind it. */
const FIELD =
  /\(\s*'([^'\\]*)'\s*,\s*('[<>|=]?([a-zA-Z])(\d{1,9})[^']*')\s*(?:,\s*\(([\d, ]*)\)\s*)?\)\s*,?\s*/y;

/**
 * Understands a record type such as `[('a', '<f4'), ('b', '<i4', (3,))]`.
 *
 * @throws CrossmodalError `unsupported` for fields of fields or of objects; `format` when two have one name or they take no bytes.
 */
export function parseRecordType(descr: string, where: string): RecordType {
  const list = descr.slice(1, -1).trim();
  const fields: RecordField[] = [];
  let size = 0;
  for (let position = 0; position < list.length;) {
    FIELD.lastIndex = position;
    const match = FIELD.exec(list);
    if (match === null) {
      const cure = 'Save each field as its own array.';
      throw unsupportedError(where, 'records of numbers and text', 'other fields', cure);
    }
    const [whole, name = '', elements = '', letter = '', digits = '', sizes = ''] = match;
    const shape = sizes.split(',').flatMap((length) => (length.trim() === '' ? [] : [Number(length)]));
    const bytes = shape.reduce(
      (product, length) => product * length,
      Number(digits) * (letter === 'U' ? 4 : 1),
    );
    // Fields without a name are gaps.
    if (name !== '') fields.push({ name, descr: elements, shape, offset: size, size: bytes });
    size += bytes;
    position += whole.length;
  }
  const names = new Set(fields.map(({ name }) => name));
  if (names.size < fields.length || fields.length === 0 || !(size > 0 && size < 2 ** 31))
    throw formatError(where, 'record fields of distinct names', descr.slice(0, 60));
  return { fields, size };
}
