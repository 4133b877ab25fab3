import { denseMatrix, images, randomSource, vectors, type Modality } from '@crossmodal/core';
import { hog, sobelEdges } from '../index.js';
import { describe, expect, test } from 'vitest';
import { imagesForHog } from './images-for-hog.js';

/** Smooth random images: sums of a few waves. */
function drawn(name: string, seed: number, size = 12, present?: Uint8Array) {
  const random = randomSource(seed);
  const n = 20;
  const values = new Float32Array(n * size * size);
  for (let i = 0; i < n; i++) {
    for (let wave = 0; wave < 4; wave++) {
      const [fx, fy, phase] = [random.uniform(), random.uniform(), 6 * random.uniform()];
      for (let p = 0; p < size * size; p++)
        values[i * size * size + p]! += Math.cos(fx * (p % size) + fy * Math.floor(p / size) + phase);
    }
  }
  return images(name, denseMatrix(values, n, size * size), { height: size, width: size }, present);
}

const left = drawn('left', 1);
const right = drawn('right', 2);
const text = vectors('text', denseMatrix(new Float32Array(40), 20, 2));

describe('images gain histograms unless they have them, or an edge map', () => {
  const half = Uint8Array.from({ length: 20 }, (_, i) => i % 2);
  const cases: readonly (readonly [string, readonly Modality[], readonly string[]])[] = [
    ['vectors alone', [text], []],
    ['images and text', [left, text], ['left']],
    ['two kinds of images of one size', [left, right], ['left', 'right']],
    ['histograms of all', [left, right, hog(left, 'hog')], []],
    ['histograms of one', [left, right, hog(left)], ['right']],
    ['histograms in capitals', [left, hog(left, 'HOG features')], []],
    ['a word that has the letters', [left, vectors('hogwarts', text.features)], ['left']],
    ['edges by name', [left, sobelEdges(left, 'edges')], []],
    ['edges of one by name', [left, right, sobelEdges(left)], ['right']],
    ['edges by content', [left, right, sobelEdges(right, 'third')], ['left']],
    ['edges before the images', [sobelEdges(right, 'third'), right], []],
    ['edges of another size', [left, sobelEdges(drawn('big', 1, 16), 'edges')], ['left']],
    ['edges alone', [sobelEdges(left, 'edges')], []],
    ['small images', [drawn('small', 3, 6)], []],
    ['absent rows', [drawn('left', 1, 12, half), sobelEdges(left, 'third')], []],
    [
      'no row in common',
      [
        drawn('a', 1, 12, half),
        drawn(
          'b',
          1,
          12,
          half.map((x) => 1 - x),
        ),
      ],
      ['a', 'b'],
    ],
  ];
  test.each(cases)('%s', (_, modalities, expected) => {
    expect(imagesForHog(modalities)).toEqual(expected);
  });

  test('edges of another filter are seen', () => {
    const { features, height, width } = left;
    const values = features.values.map((_, p) => {
      const [x, y] = [p % width, Math.floor(p / width) % height];
      const at = (dx: number, dy: number) =>
        features.values[
          p + (x + dx >= 0 && x + dx < width ? dx : 0) + (y + dy >= 0 && y + dy < height ? dy * width : 0)
        ]!;
      return Math.hypot(at(1, 0) - at(-1, 0), at(0, 1) - at(0, -1));
    });
    const map = images('central', denseMatrix(values, 20, height * width), { height, width });
    expect(imagesForHog([left, map])).toEqual([]);
  });
});
