import { CrossmodalError } from '@crossmodal/core';
import { crc32, deflateSync } from 'node:zlib';

/** Pixels of a picture, 8 bits a channel, red, green, blue, opacity, row by row from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Length `width * height * 4`. */
  readonly rgba: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const TRUE_COLOUR_WITH_ALPHA = 6;

/**
 * Encodes a picture as a PNG file, without loss.
 *
 * @returns the bytes of the file
 * @throws CrossmodalError `shape` when there are not `width * height * 4` bytes, or the picture is empty.
 * @example
 * ```ts
 * const file = encodePng({ width: 1, height: 1, rgba: Uint8Array.of(255, 0, 0, 255) });
 * ```
 */
export function encodePng(picture: Picture): Uint8Array {
  const { width, height, rgba } = picture;
  if (!(width > 0 && height > 0) || rgba.length !== width * height * 4) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'encodePng',
      expected: `${width} x ${height} x 4 = ${width * height * 4} bytes, more than none`,
      received: `${rgba.length} bytes`,
    });
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, TRUE_COLOUR_WITH_ALPHA, 0, 0, 0], 8);

  // Each line starts with the number of its filter; 0 (none) stays in place.
  const lines = new Uint8Array(height * (width * 4 + 1));
  for (let y = 0; y < height; y++) {
    lines.set(rgba.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  }
  return concatenate([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** A PNG of the picture as a `data:` address, for use inside a page that loads nothing. */
export function pngDataUri(picture: Picture): string {
  return `data:image/png;base64,${Buffer.from(encodePng(picture)).toString('base64')}`;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(Buffer.from(type, 'latin1'), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
