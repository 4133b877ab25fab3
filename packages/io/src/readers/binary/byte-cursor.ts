import { formatError } from '../format-error.js';

/** A bounded view of bytes that moves forward; reading beyond its end is a `format` error. */
export class ByteCursor {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly where: string;
  position = 0;

  constructor(bytes: Uint8Array, littleEndian: boolean, where: string) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.littleEndian = littleEndian;
    this.where = where;
  }

  /** Bytes left. */
  get remaining(): number {
    return this.bytes.length - this.position;
  }

  /** Moves over `length` bytes and gives them, without a copy. */
  take(length: number, what: string): Uint8Array {
    if (length > this.remaining) {
      throw formatError(this.where, `${length} bytes of ${what}`, `${this.remaining} bytes before the end`);
    }
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  /** Moves over one unsigned 32-bit integer. */
  uint32(what: string): number {
    const start = this.position;
    this.take(4, what);
    return this.view.getUint32(start, this.littleEndian);
  }

  /** Moves over one unsigned 16-bit integer. */
  uint16(what: string): number {
    const start = this.position;
    this.take(2, what);
    return this.view.getUint16(start, this.littleEndian);
  }

  /** Moves to the next multiple of `alignment`, or to the end when that comes first. */
  align(alignment: number): void {
    const over = this.position % alignment;
    if (over !== 0) this.position = Math.min(this.position + alignment - over, this.bytes.length);
  }
}
