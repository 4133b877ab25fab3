import { CrossmodalError, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import type { Initialiser } from './initialiser.js';

/** The images whose patches become filters. */
export interface PatchSource {
  /** Pixels, shape `[n, height * width * channels]`, channels fastest. */
  readonly features: DenseMatrix;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Options of {@link patchFilters}. */
export interface PatchFilterOptions {
  /** Patches that are drawn, 1 or more. @defaultValue 40000 */
  readonly patches?: number;
  /** Rounds of spherical k-means, 0 or more; 0 leaves the filters at drawn patches. @defaultValue 15 */
  readonly iterations?: number;
}

/** Patches with less contrast than this share of the largest pixel are constant but for rounding. */
const ROUNDING_SHARE = 1e-6;

/** Patches with less than this share of the median contrast are flat: their direction is noise. */
const FLAT_SHARE = 0.5;

/**
 * An initialiser that learns convolution filters from images, without labels: spherical k-means of patches that are centred and scaled
 * to unit length, so each filter answers to one local pattern such as an oriented edge.
 *
 * The kernel's input channels must be those of the images. Images without contrast have no patterns; they get random unit filters.
 *
 * @throws CrossmodalError `shape` when images are smaller than the kernel or have other channels.
 * @see Coates and Ng, Learning feature representations with k-means, 2012
 */
export function patchFilters(source: PatchSource, options: PatchFilterOptions = {}): Initialiser {
  const { patches: count = 40_000, iterations = 15 } = options;
  return (shape, _fans, random) => {
    const [size = 0, , channels = 0, filters = 0] = shape;
    checkSource(source, size, channels);
    const length = size * size * channels;
    const patches = contrastedPatches(
      drawPatches(source, size, count, random),
      length,
      ROUNDING_SHARE * largestPixel(source),
    );
    const centres = startCentres(patches, length, filters, random);
    for (let round = 0; round < iterations; round++) moveCentres(centres, patches, length, filters, random);
    return asKernel(centres, length, filters);
  };
}

function checkSource(
  { features, height, width, channels }: PatchSource,
  size: number,
  expected: number,
): void {
  if (channels === expected && height >= size && width >= size && features.rows > 0) return;
  throw new CrossmodalError({
    code: 'shape',
    where: 'patchFilters',
    expected: `images of at least ${size} x ${size} with ${expected} channels`,
    received: `${features.rows} of ${height} x ${width} with ${channels}`,
    advice: 'Use a smaller kernel, or an initialiser that needs no images.',
  });
}

/** Centred patches at random places of random images, one after the other. */
function drawPatches(source: PatchSource, size: number, count: number, random: RandomSource): Float32Array {
  const { features, height, width, channels } = source;
  const length = size * size * channels;
  const run = size * channels;
  const patches = new Float32Array(count * length);
  for (let p = 0; p < count; p++) {
    const image = random.integer(features.rows) * features.columns;
    const top = random.integer(height - size + 1);
    const left = random.integer(width - size + 1);
    let mean = 0;
    for (let row = 0; row < size; row++) {
      const from = image + ((top + row) * width + left) * channels;
      for (let q = 0; q < run; q++) {
        const value = features.values[from + q]!;
        patches[p * length + row * run + q] = value;
        mean += value / length;
      }
    }
    for (let q = 0; q < length; q++) patches[p * length + q]! -= mean;
  }
  return patches;
}

function largestPixel({ features }: PatchSource): number {
  let largest = 0;
  for (const value of features.values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/** Unit-length copies of the patches that are not flat. */
function contrastedPatches(patches: Float32Array, length: number, rounding: number): Float32Array {
  const count = patches.length / length;
  const norms = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    let squares = 0;
    for (let q = p * length; q < (p + 1) * length; q++) squares += patches[q]! ** 2;
    norms[p] = Math.sqrt(squares);
  }
  // Constant patches (the paper around a digit) would drag the median to zero.
  const textured = norms.filter((norm) => norm > rounding).sort();
  const threshold = (textured[textured.length >> 1] ?? Infinity) * FLAT_SHARE;
  const kept = new Float32Array(norms.filter((norm) => norm > threshold).length * length);
  let to = 0;
  for (let p = 0; p < count; p++) {
    const norm = norms[p]!;
    if (norm <= threshold) continue;
    for (let q = p * length; q < (p + 1) * length; q++) kept[to++] = patches[q]! / norm;
  }
  return kept;
}

function startCentres(
  patches: Float32Array,
  length: number,
  filters: number,
  random: RandomSource,
): Float64Array {
  const centres = new Float64Array(filters * length);
  for (let f = 0; f < filters; f++) placeAtPatch(centres, f, patches, length, random);
  return centres;
}

/** Puts one centre onto a drawn patch; onto a random direction where there are none. */
function placeAtPatch(
  centres: Float64Array,
  f: number,
  patches: Float32Array,
  length: number,
  random: RandomSource,
): void {
  const count = patches.length / length;
  const from = count > 0 ? random.integer(count) * length : -1;
  for (let q = 0; q < length; q++) centres[f * length + q] = from < 0 ? random.normal() : patches[from + q]!;
  normalise(centres, f, length);
}

/** One round of spherical k-means: each patch joins the centre of largest cosine; a centre without patches starts again at one. */
function moveCentres(
  centres: Float64Array,
  patches: Float32Array,
  length: number,
  filters: number,
  random: RandomSource,
): void {
  const count = patches.length / length;
  const sums = new Float64Array(filters * length);
  const members = new Int32Array(filters);
  const cosines = new Float64Array(filters);
  for (let p = 0; p < count; p++) {
    const from = p * length;
    products(patches, from, centres, length, cosines);
    let best = 0;
    for (let f = 1; f < filters; f++) if (cosines[f]! > cosines[best]!) best = f;
    members[best]!++;
    for (let q = 0, c = best * length; q < length; q++, c++) sums[c]! += patches[from + q]!;
  }
  for (let f = 0; f < filters; f++) {
    if (members[f] === 0) {
      placeAtPatch(centres, f, patches, length, random);
      continue;
    }
    for (let q = f * length; q < (f + 1) * length; q++) centres[q] = sums[q]!;
    normalise(centres, f, length);
  }
}

/** Products of one patch with all centres, four side by side: none waits for the additions of another. */
function products(
  patches: Float32Array,
  from: number,
  centres: Float64Array,
  length: number,
  target: Float64Array,
): void {
  let f = 0;
  for (; f + 4 <= target.length; f += 4) {
    const c0 = f * length;
    const c1 = c0 + length;
    const c2 = c1 + length;
    const c3 = c2 + length;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let q = 0; q < length; q++) {
      const x = patches[from + q]!;
      s0 += x * centres[c0 + q]!;
      s1 += x * centres[c1 + q]!;
      s2 += x * centres[c2 + q]!;
      s3 += x * centres[c3 + q]!;
    }
    target[f] = s0;
    target[f + 1] = s1;
    target[f + 2] = s2;
    target[f + 3] = s3;
  }
  for (; f < target.length; f++) {
    let sum = 0;
    for (let q = 0, c = f * length; q < length; q++, c++) sum += patches[from + q]! * centres[c]!;
    target[f] = sum;
  }
}

function normalise(centres: Float64Array, f: number, length: number): void {
  let squares = 0;
  for (let q = f * length; q < (f + 1) * length; q++) squares += centres[q]! ** 2;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let q = f * length; q < (f + 1) * length; q++) centres[q]! *= scale;
}

/** Filters one after the other, `[filters, k k c]`, to a kernel `[k, k, c, filters]`. */
function asKernel(centres: Float64Array, length: number, filters: number): Float32Array {
  const kernel = new Float32Array(length * filters);
  for (let f = 0; f < filters; f++) {
    for (let q = 0; q < length; q++) kernel[q * filters + f] = centres[f * length + q]!;
  }
  return kernel;
}
