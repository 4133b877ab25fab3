import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { ProtobufWriter } from './protobuf-writer.js';

/** Reads fields back by the format's definition: varints, four bytes, and lengths. */
function parse(bytes: Uint8Array): [field: number, value: bigint | Uint8Array][] {
  const fields: [number, bigint | Uint8Array][] = [];
  let offset = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[offset++];
      value |= BigInt(byte! & 127) << shift;
      if (byte! < 128) return value;
    }
  };
  const take = (length: number): Uint8Array => bytes.slice(offset, (offset += length));
  while (offset < bytes.length) {
    const tag = varint();
    const field = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    fields.push([field, wire === 0 ? varint() : wire === 5 ? take(4) : take(Number(varint()))]);
  }
  return fields;
}

const field = fc.integer({ min: 1, max: 2000 });
const signed = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

test.prop([fc.array(fc.tuple(field, signed))])('integers of 64 bits come back, in order', (items) => {
  const writer = new ProtobufWriter();
  for (const [number, value] of items) writer.integer(number, value);
  const read = parse(writer.finish()).map(([number, value]) => [number, BigInt.asIntN(64, value as bigint)]);
  expect(read).toEqual(items);
});

test.prop([fc.array(fc.tuple(field, fc.uint8Array()))])('bytes and nested messages come back', (items) => {
  const inner = new ProtobufWriter();
  for (const [number, value] of items) inner.bytes(number, value);
  const [number, content] = parse(new ProtobufWriter().bytes(7, inner).finish())[0]!;
  expect(number).toBe(7);
  expect(parse(content as Uint8Array)).toEqual(items);
});

test.prop([field, fc.float({ noNaN: true }), fc.string({ unit: 'grapheme' })])(
  'floats and text come back',
  (at, number, text) => {
    const [first, second] = parse(new ProtobufWriter().float(at, number).string(at, text).finish());
    const [float, utf8] = [first![1], second![1]];
    const bytes = float as Uint8Array;
    expect(new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true)).toBe(number);
    expect(new TextDecoder().decode(utf8 as Uint8Array)).toBe(text);
  },
);
