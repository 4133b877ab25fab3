import { fc, test } from '@fast-check/vitest';
import { inflateSync } from 'node:zlib';
import { expect } from 'vitest';
import { encodePng, pngDataUri, type Picture } from './png.js';

const picture = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
      .map((rgba): Picture => ({ width, height, rgba })),
  );

/** Reads a PNG of the one kind that is written here, and checks every chunk's check sum bit by bit. */
function decode(file: Uint8Array): Picture {
  const bytes = Buffer.from(file);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const types: string[] = [];
  const data: Buffer[] = [];
  let width = 0;
  let height = 0;
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.subarray(at + 4, at + 8).toString('latin1');
    const body = bytes.subarray(at + 8, at + 8 + length);
    let sum = 0xffffffff;
    for (const byte of bytes.subarray(at + 4, at + 8 + length)) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
    expect(bytes.readUInt32BE(at + 8 + length)).toBe((sum ^ 0xffffffff) >>> 0);
    if (type === 'IHDR') {
      [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
      expect([...body.subarray(8)]).toEqual([8, 6, 0, 0, 0]);
    }
    if (type === 'IDAT') data.push(body);
    types.push(type);
    at += length + 12;
  }
  expect([types[0], types.at(-1)]).toEqual(['IHDR', 'IEND']);
  const lines = inflateSync(Buffer.concat(data));
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    expect(lines[y * (width * 4 + 1)]).toBe(0);
    rgba.set(lines.subarray(y * (width * 4 + 1) + 1, (y + 1) * (width * 4 + 1)), y * width * 4);
  }
  return { width, height, rgba };
}

test.prop([picture])('a PNG holds the pixels it was made of', (original) => {
  expect(decode(encodePng(original))).toEqual(original);
});

test.prop([picture])('the data address holds the file', (original) => {
  const uri = pngDataUri(original);
  expect(uri).toMatch(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/);
  expect(decode(Buffer.from(uri.split(',')[1]!, 'base64'))).toEqual(original);
});

test.each([
  { width: 2, height: 2, rgba: new Uint8Array(15) },
  { width: 0, height: 3, rgba: new Uint8Array(0) },
])('a picture of $width x $height with another number of bytes is refused', (bad) => {
  expect(() => encodePng(bad)).toThrow(expect.objectContaining({ code: 'shape' }));
});
