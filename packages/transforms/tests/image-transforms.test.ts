import { denseMatrix, images, type ImageModality } from '@crossmodal/core';
import { cropImages, fitMinMax, fitPca, hog, sobelEdges, transformModality } from '../src/index.js';
import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { imageModality, permutationOf, permuted, rowsOf } from './arbitraries.js';

const pixel = (modality: ImageModality, i: number, y: number, x: number, c: number) =>
  modality.features.values[i * modality.features.columns + (y * modality.width + x) * modality.channels + c]!;

const transforms = {
  sobelEdges: (modality: ImageModality) => sobelEdges(modality),
  hog: (modality: ImageModality) => hog(modality),
  cropImages: (modality: ImageModality) =>
    cropImages(modality, { top: 0, left: 0, height: Math.ceil(modality.height / 2), width: 1 }),
};

describe.each(Object.entries(transforms))('%s', (_, transform) => {
  // A filter that also smooths from image to image leaks labels wherever rows are sorted by class.
  test.prop([imageModality, fc.nat(10)])(
    'permuting the images permutes the result, exactly',
    (modality, shift) => {
      const order = permutationOf(modality.features.rows, shift);
      const shuffled = { ...modality, features: permuted(modality.features, order) };
      expect(transform(shuffled).features.values).toEqual(
        permuted(transform(modality).features, order).values,
      );
    },
  );

  test.prop([imageModality])('an image alone gives what it gives in company', (modality) => {
    const { height, width, channels, features } = modality;
    const together = rowsOf(transform(modality).features);
    rowsOf(features).forEach((row, i) => {
      const alone = images('one', denseMatrix(Float32Array.from(row), 1, features.columns), {
        height,
        width,
        channels,
      });
      expect(rowsOf(transform(alone).features)[0]).toEqual(together[i]);
    });
  });

  test.prop([imageModality])('absent images give zeros and stay absent', (modality) => {
    const values = modality.features.values.slice().fill(0, 0, modality.features.columns);
    const present = new Uint8Array(modality.features.rows).fill(1);
    present[0] = 0;
    const result = transform({ ...modality, features: { ...modality.features, values }, present });
    expect(result.present).toEqual(present);
    expect(rowsOf(result.features)[0]!.every((x) => x === 0)).toBe(true);
  });
});

test.prop([imageModality])('Sobel edges follow their formula', (modality) => {
  const { height, width, channels, features } = modality;
  const at = (i: number, y: number, x: number, c: number) =>
    pixel(modality, i, Math.min(Math.max(y, 0), height - 1), Math.min(Math.max(x, 0), width - 1), c);
  const edges = sobelEdges(modality);
  for (let i = 0; i < features.rows; i++) {
    const expected: number[] = [];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          let gx = 0;
          let gy = 0;
          [1, 2, 1].forEach((weight, k) => {
            gx += weight * (at(i, y + k - 1, x + 1, c) - at(i, y + k - 1, x - 1, c));
            gy += weight * (at(i, y + 1, x + k - 1, c) - at(i, y - 1, x + k - 1, c));
          });
          expected.push(Math.hypot(gx, gy));
        }
      }
    }
    const strongest = Math.max(...expected);
    const result = rowsOf(edges.features)[i]!;
    expected.forEach((e, p) => expect(result[p]).toBeCloseTo(strongest > 0 ? e / strongest : 0, 5));
    if (strongest > 0) expect(Math.max(...result)).toBe(1);
  }
});

/** HOG written down as its definition reads, one image of one channel. */
function naiveHog(image: (y: number, x: number) => number, height: number, width: number): number[] {
  const cells = new Float64Array(441);
  const window = (cell: number, length: number) => {
    const weights = Array.from({ length }, (_, p) =>
      Math.exp(-0.5 * ((p - ((cell + 0.5) * length) / 7 + 0.5) / (length / 14)) ** 2),
    );
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((w) => w / sum);
  };
  for (let cy = 0; cy < 7; cy++) {
    for (let cx = 0; cx < 7; cx++) {
      const wy = window(cy, height);
      const wx = window(cx, width);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const gx = x > 0 && x < width - 1 ? image(y, x + 1) - image(y, x - 1) : 0;
          const gy = y > 0 && y < height - 1 ? image(y + 1, x) - image(y - 1, x) : 0;
          const m = Math.hypot(gx, gy);
          const turn = Math.atan2(gy, gx);
          const a = ((((turn % Math.PI) + Math.PI) % Math.PI) * 9) / Math.PI;
          const bin = Math.floor(a);
          const vote = m * wy[y]! * wx[x]!;
          cells[(bin % 9) * 49 + cy * 7 + cx]! += vote * (1 - (a - bin));
          cells[((bin + 1) % 9) * 49 + cy * 7 + cx]! += vote * (a - bin);
        }
      }
    }
  }
  const norms = Array.from({ length: 49 }, (_, cell) =>
    Math.hypot(...Array.from({ length: 9 }, (_, b) => cells[b * 49 + cell]!)),
  );
  const typical = 0.5 * Math.sqrt(norms.reduce((sum, norm) => sum + norm * norm, 0) / 49);
  return Array.from(cells, (x, p) => x / (norms[p % 49]! + typical + 1e-9));
}

test.prop([imageModality], { numRuns: 30 })(
  'HOG follows its formula, by the strongest channel',
  (modality) => {
    const single = { ...modality, channels: 1 };
    const { height, width, channels, features } = modality;
    if (channels > 1) {
      // Further channels that are grey everywhere are never the strongest.
      const values = features.values.map((x, p) => (p % channels === 0 ? x : 5));
      const padded = hog({ ...modality, features: { ...features, values } });
      const first = Float32Array.from({ length: values.length / channels }, (_, p) => values[p * channels]!);
      const alone = images('first', denseMatrix(first, features.rows, height * width), { height, width });
      expect(padded.features.values).toEqual(hog(alone).features.values);
      return;
    }
    const result = rowsOf(hog(single).features);
    for (let i = 0; i < features.rows; i++) {
      const expected = naiveHog((y, x) => pixel(modality, i, y, x, 0), height, width);
      expected.forEach((e, p) => expect(result[i]![p]).toBeCloseTo(e, 5));
    }
  },
);

test('HOG of an even image is zero, and of a vertical stripe votes for one orientation', () => {
  const shape = { height: 14, width: 14 };
  const even = images('even', denseMatrix(new Float32Array(196).fill(0.7), 1, 196), shape);
  expect(hog(even).features.values.every((x) => x === 0)).toBe(true);
  const stripe = images(
    'stripe',
    denseMatrix(
      Float32Array.from({ length: 196 }, (_, p) => (p % 14 < 7 ? 0 : 1)),
      1,
      196,
    ),
    shape,
  );
  const bins = hog(stripe).features.values;
  // The gradient points along the width: angle 0, bin 0.
  expect(bins.slice(0, 49).some((x) => x > 0.1)).toBe(true);
  expect(bins.slice(49).every((x) => x === 0)).toBe(true);
});

test.prop([imageModality, fc.nat(), fc.nat(), fc.nat(), fc.nat()])(
  'crops hold the pixels of their rectangle',
  (modality, a, b, c, d) => {
    const top = a % modality.height;
    const left = b % modality.width;
    const height = 1 + (c % (modality.height - top));
    const width = 1 + (d % (modality.width - left));
    const crop = cropImages(modality, { top, left, height, width });
    for (let i = 0; i < crop.features.rows; i++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          for (let channel = 0; channel < modality.channels; channel++) {
            expect(pixel(crop, i, y, x, channel)).toBe(pixel(modality, i, top + y, left + x, channel));
          }
        }
      }
    }
  },
);

test.each([
  { top: -1, left: 0, height: 1, width: 1 },
  { top: 0, left: 2, height: 1, width: 2 },
  { top: 0, left: 0, height: 0, width: 1 },
  { top: 0.5, left: 0, height: 1, width: 1 },
])('the crop %o of a 3 x 3 image is refused', (options) => {
  const modality = images('x', denseMatrix(new Float32Array(9), 1, 9), { height: 3, width: 3 });
  expect(() => cropImages(modality, options)).toThrow(expect.objectContaining({ code: 'option' }));
});

test('scaling keeps images, PCA makes vectors', () => {
  const modality = images(
    'x',
    denseMatrix(
      Float32Array.from({ length: 36 }, (_, p) => (p * 5) % 7),
      4,
      9,
    ),
    { height: 3, width: 3 },
  );
  expect(transformModality(modality, fitMinMax(modality.features)).kind).toBe('images');
  const reduced = transformModality(
    modality,
    fitPca(modality.features, { components: 2, random: randomSource(0) }),
  );
  expect(reduced).toMatchObject({ kind: 'vectors', name: 'x', features: { rows: 4, columns: 2 } });
});
