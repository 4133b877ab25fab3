import { deflateSync } from 'node:zlib';
import { writeNpy, writeNpz } from '@crossmodal/io';

const text = (content: string) => new TextEncoder().encode(content);
const matrix = { kind: 'array', shape: [2, 3], values: Float64Array.of(1, 2, 3, 4, 5, 6) } as const;

/** An element of a MATLAB 5 file: type, size, data padded to 8 bytes. */
function matElement(type: number, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + Math.ceil(data.length / 8) * 8);
  new DataView(bytes.buffer).setUint32(0, type, true);
  new DataView(bytes.buffer).setUint32(4, data.length, true);
  bytes.set(data, 8);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** A MATLAB 5 file with one double matrix `x` of shape `[1, 2]`, compressed or not. */
function matFile(compressed: boolean): Uint8Array {
  const header = new Uint8Array(128);
  header.set(text('MATLAB 5.0 MAT-file'));
  header.set([0x00, 0x01, 0x49, 0x4d], 124);
  const flags = matElement(6, new Uint8Array(Uint32Array.of(6, 0).buffer));
  const size = matElement(5, new Uint8Array(Int32Array.of(1, 2).buffer));
  const name = matElement(1, text('x'));
  const values = matElement(9, new Uint8Array(Float64Array.of(1.5, -2).buffer));
  const array = matElement(14, joined([flags, size, name, values]));
  if (!compressed) return joined([header, array]);
  const packed = deflateSync(array);
  const element = new Uint8Array(8 + packed.length);
  new DataView(element.buffer).setUint32(0, 15, true);
  new DataView(element.buffer).setUint32(4, packed.length, true);
  element.set(packed, 8);
  return joined([header, element]);
}

/** A MATLAB 4 file with one double matrix `x` of shape `[1, 2]`. */
function mat4File(): Uint8Array {
  const header = new Uint8Array(Int32Array.of(0, 1, 2, 0, 2).buffer);
  return joined([header, text('x\0'), new Uint8Array(Float64Array.of(1.5, -2).buffer)]);
}

/** Small whole files of every format that the readers know; each reader must take or refuse each of them, whole or damaged. */
export const sampleFiles: readonly Uint8Array[] = [
  writeNpy(matrix),
  writeNpz({ x: matrix }),
  text('a,b,label\n1,2.5,cat\n-3,4e2,"dog, big"\n'),
  Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6),
  matFile(false),
  matFile(true),
  mat4File(),
];
