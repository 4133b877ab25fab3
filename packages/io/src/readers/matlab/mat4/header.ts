import { bytesPerNumber, type NumberFormat } from '../../binary/decode-numbers.js';

/** Kinds of matrix of a version 4 file. */
export const KIND = { full: 0, text: 1, sparse: 2 } as const;

/** How numbers are stored, by the digit that stands for it. */
const FORMATS: readonly NumberFormat[] = ['f8', 'f4', 'i4', 'i2', 'u2', 'u1'];
/** Machines whose numbers are not IEEE 754, by the digit that stands for them. */
const MACHINES: ReadonlyMap<number, string> = new Map([
  [2, 'VAX D-float'],
  [3, 'VAX G-float'],
  [4, 'Cray'],
]);
/** Five integers: type, rows, columns, whether there are imaginary parts, length of the name. */
const INTEGERS = 20;

/** What stands before the numbers of one matrix of a version 4 file. */
export interface Mat4Header {
  readonly littleEndian: boolean;
  readonly format: NumberFormat;
  /** Machine whose numbers cannot be read; undefined for IEEE 754. */
  readonly machine: string | undefined;
  /** One of {@link KIND}. */
  readonly kind: number;
  readonly shape: readonly [number, number];
  readonly complex: boolean;
  readonly name: string;
  /** Where the numbers start. */
  readonly start: number;
  /** Bytes of the numbers, imaginary parts included. */
  readonly length: number;
}

/**
 * The header at a position; undefined where none can stand.
 *
 * The type is `MOPT` in decimal digits: machine, 0, number format, kind of matrix. Files of version 5 start with text, of which no four
 * letters are such a number.
 */
export function readMat4Header(bytes: Uint8Array, position = 0): Mat4Header | undefined {
  if (position + INTEGERS > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + position, INTEGERS);
  for (const littleEndian of [true, false]) {
    const word = (index: number) => view.getInt32(4 * index, littleEndian);
    const [type, rows, columns, imaginary, nameLength] = [0, 1, 2, 3, 4].map(word) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const [machine, digits] = [Math.floor(type / 1000), type % 1000];
    // Little-endian numbers are those of machine 0, big-endian ones of machine 1.
    const isOrder = machine === (littleEndian ? 0 : 1) || MACHINES.has(machine);
    const format = FORMATS[Math.floor(digits / 10)];
    const kind = digits % 10;
    const isType = type >= 0 && isOrder && format !== undefined && kind <= KIND.sparse;
    if (!isType || rows < 0 || columns < 0 || ![0, 1].includes(imaginary) || nameLength < 1) continue;
    // The name is closed by a zero byte, which its length counts.
    const start = position + INTEGERS + nameLength;
    if (start > bytes.length || bytes[start - 1] !== 0) continue;
    const complex = imaginary === 1 && kind !== KIND.sparse;
    return {
      littleEndian,
      format,
      machine: MACHINES.get(machine),
      kind,
      shape: [rows, columns],
      complex,
      name: new TextDecoder('latin1')
        .decode(bytes.subarray(position + INTEGERS, start))
        .replace(/\0.*$/s, ''),
      start,
      length: rows * columns * bytesPerNumber(format) * (complex ? 2 : 1),
    };
  }
  return undefined;
}
