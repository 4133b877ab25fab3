import { vectors, type ImageModality, type VectorModality } from '@crossmodal/core';
import { imageGradients } from './image-gradients.js';

/** Unsigned orientations over half a turn. */
const BINS = 9;
/** Cells along each side. */
const CELLS = 7;

/**
 * Histograms of oriented gradients, each image on its own: 9 unsigned orientations in 7 x 7 overlapping cells.
 *
 * Central differences `gx = I[x+1] - I[x-1]`, `gy` likewise, 0 on the border; magnitude `m = hypot(gx, gy)`; angle
 * `a = (atan2(gy, gx) mod pi) * 9 / pi`; a pixel votes `m (1 - frac a)` into bin `floor(a) mod 9` and `m frac a` into
 * the next one, circularly. Each bin is pooled by separable Gaussian windows of sum 1 at the 7 x 7 centres
 * `(i + 0.5) h / 7 - 0.5`, `sigma = h / 14`. Then `F[b, cell] / (|F[:, cell]| + 0.5 s + 1e-9)`, where `s` is the root
 * of the mean over cells of `|F[:, cell]|^2`: empty cells stay near zero instead of being blown up, and an image
 * without any gradient stays zero.
 *
 * Of several channels, each pixel uses the gradient of the channel where it is strongest.
 *
 * @param modality - images `[n, height, width, channels]`
 * @param name - name of the result
 * @defaultValue name: `<modality.name>-hog`
 * @returns vectors `[n, 441]`, orientation-major, values in `[0, 1)`
 */
export function hog(modality: ImageModality, name = `${modality.name}-hog`): VectorModality {
  const { features, height, width, present } = modality;
  const size = BINS * CELLS * CELLS;
  const values = new Float32Array(features.rows * size);
  const rowWindows = gaussianWindows(height);
  const columnWindows = gaussianWindows(width);
  const histogram = new Float64Array(size);
  const rowBins = new Float64Array(BINS * CELLS);
  const gradients = imageGradients(modality);
  for (let i = 0; i < features.rows; i++) {
    if (present && present[i] === 0) continue;
    gradients.read(i);
    histogram.fill(0);
    for (let y = 0; y < height; y++) {
      pool(gradients.x, gradients.y, y * width, width, columnWindows, rowBins);
      spread(rowBins, rowWindows, y, height, histogram);
    }
    normalise(histogram, values.subarray(i * size, (i + 1) * size));
  }
  return vectors(name, { kind: 'dense', rows: features.rows, columns: size, values }, present);
}

/** Weights `[7, length]` of each pixel in each window, every window of sum 1. */
function gaussianWindows(length: number): Float64Array {
  const windows = new Float64Array(CELLS * length);
  const sigma = length / (2 * CELLS);
  for (let cell = 0; cell < CELLS; cell++) {
    const centre = ((cell + 0.5) * length) / CELLS - 0.5;
    let sum = 0;
    for (let p = 0; p < length; p++) {
      const weight = Math.exp(-0.5 * ((p - centre) / sigma) ** 2);
      windows[cell * length + p] = weight;
      sum += weight;
    }
    for (let p = 0; p < length; p++) windows[cell * length + p] = windows[cell * length + p]! / sum;
  }
  return windows;
}

/** Votes of one row of pixels, pooled along the width into `[9, 7]`. */
function pool(
  gx: Float64Array,
  gy: Float64Array,
  start: number,
  width: number,
  windows: Float64Array,
  rowBins: Float64Array,
): void {
  rowBins.fill(0);
  for (let x = 0; x < width; x++) {
    const dx = gx[start + x]!;
    const dy = gy[start + x]!;
    if (dx === 0 && dy === 0) continue;
    const magnitude = Math.sqrt(dx * dx + dy * dy);
    const turn = Math.atan2(dy, dx);
    const angle = ((turn < 0 ? turn + Math.PI : turn) * BINS) / Math.PI;
    const whole = Math.floor(angle);
    const fraction = angle - whole;
    const first = (whole % BINS) * CELLS;
    const second = ((whole + 1) % BINS) * CELLS;
    for (let cell = 0; cell < CELLS; cell++) {
      const vote = magnitude * windows[cell * width + x]!;
      rowBins[first + cell] = rowBins[first + cell]! + vote * (1 - fraction);
      rowBins[second + cell] = rowBins[second + cell]! + vote * fraction;
    }
  }
}

/** Adds one pooled row to the cells of every height. */
function spread(
  rowBins: Float64Array,
  windows: Float64Array,
  y: number,
  height: number,
  histogram: Float64Array,
): void {
  for (let cellY = 0; cellY < CELLS; cellY++) {
    const weight = windows[cellY * height + y]!;
    for (let bin = 0; bin < BINS; bin++) {
      const target = (bin * CELLS + cellY) * CELLS;
      for (let cellX = 0; cellX < CELLS; cellX++) {
        histogram[target + cellX] = histogram[target + cellX]! + weight * rowBins[bin * CELLS + cellX]!;
      }
    }
  }
}

function normalise(histogram: Float64Array, target: Float32Array): void {
  const cells = CELLS * CELLS;
  const squares = new Float64Array(cells);
  let total = 0;
  for (let p = 0; p < histogram.length; p++) {
    const square = histogram[p]! * histogram[p]!;
    squares[p % cells] = squares[p % cells]! + square;
    total += square;
  }
  const typical = 0.5 * Math.sqrt(total / cells);
  for (let p = 0; p < histogram.length; p++) {
    // 1e-9 only keeps 0 / 0 away, in images of one grey.
    target[p] = histogram[p]! / (Math.sqrt(squares[p % cells]!) + typical + 1e-9);
  }
}
