const text = new TextEncoder();

/**
 * Writes one protocol-buffer message: the four wire types that ONNX models use, nothing more.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufWriter {
  private readonly parts: Uint8Array[] = [];

  /** Writes an integer field as a varint; negative numbers take ten bytes, as the format asks. */
  integer(field: number, value: number | bigint): this {
    this.parts.push(varint((BigInt(field) << 3n) | 0n), varint(BigInt.asUintN(64, BigInt(value))));
    return this;
  }

  /** Writes a 32-bit float field. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.parts.push(varint((BigInt(field) << 3n) | 5n), bytes);
    return this;
  }

  /** Writes a text field. */
  string(field: number, value: string): this {
    return this.bytes(field, text.encode(value));
  }

  /** Writes a length-delimited field: raw data or a nested message. */
  bytes(field: number, value: Uint8Array | ProtobufWriter): this {
    const content = value instanceof ProtobufWriter ? value.finish() : value;
    this.parts.push(varint((BigInt(field) << 3n) | 2n), varint(BigInt(content.byteLength)), content);
    return this;
  }

  /** The message written so far. */
  finish(): Uint8Array {
    let length = 0;
    for (const part of this.parts) length += part.byteLength;
    const result = new Uint8Array(length);
    let offset = 0;
    for (const part of this.parts) {
      result.set(part, offset);
      offset += part.byteLength;
    }
    return result;
  }
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
