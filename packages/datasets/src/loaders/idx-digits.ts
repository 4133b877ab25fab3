import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import { describeArray, readArrays, selectArray, type NumericArray } from '@crossmodal/io';
import { drawPerClass } from '../generators/draw-per-class.js';
import type { Dataset, ImageSetOptions } from '../dataset.js';
import { numericLabels, storedImages, withCompanion } from './image-files.js';

/** Options of sets from which some samples a class may be drawn. */
export interface DrawOptions {
  /** Samples drawn from each class; all when left out. */
  readonly perClass?: number;
  /** Decides the draw; needed with `perClass`. */
  readonly random?: RandomSource;
}

/** Options of the sets in the MNIST format. */
export interface DigitSetOptions extends ImageSetOptions, DrawOptions {}

/** A pair of IDX files. */
export interface IdxFiles {
  readonly images: string;
  readonly labels: string;
}

/** Loads pairs of IDX files, one after the other, draws from them, and adds the companions. */
export async function idxDigits(
  name: string,
  files: readonly IdxFiles[],
  options: DigitSetOptions,
): Promise<Dataset> {
  const parts = await Promise.all(
    files.map(async (pair) => ({
      images: selectArray(await readArrays(pair.images)),
      labels: numericLabels(await readArrays(pair.labels), 'data'),
    })),
  );
  for (const part of parts) {
    if (part.images.kind !== 'array' || part.images.values.length !== part.labels.length * 784) {
      throw new CrossmodalError({
        code: 'shape',
        where: name,
        expected: `${part.labels.length} images of 28 x 28, one a label`,
        received: describeArray(part.images),
      });
    }
  }
  const labels = Int32Array.from(parts.flatMap((part) => Array.from(part.labels)));
  const chosen = drawnIndices(name, labels, options);
  const values = new Float32Array(chosen.length * 784);
  let first = 0;
  let next = 0;
  for (const part of parts) {
    const stored = (part.images as NumericArray).values;
    const end = first + part.labels.length;
    for (; next < chosen.length && chosen[next]! < end; next++) {
      const start = (chosen[next]! - first) * 784;
      values.set(stored.subarray(start, start + 784), next * 784);
    }
    first = end;
  }
  const drawn = { kind: 'array', shape: [chosen.length, 784], values } as const;
  const layout = { height: 28, width: 28, order: 'row', white: 255 } as const;
  const pixels = storedImages('pixels', drawn, layout);
  return { name, data: withCompanion(pixels, options), labels: chosen.map((i) => labels[i]!) };
}

/** The rows drawn, ascending; all of them without `perClass`. */
export function drawnIndices(name: string, labels: Int32Array, options: DrawOptions): Int32Array {
  const { perClass, random } = options;
  if (perClass === undefined) return labels.map((_, i) => i);
  if (random === undefined) {
    throw new CrossmodalError({
      code: 'option',
      where: `${name} option 'random'`,
      expected: 'a random source with perClass',
      received: 'none',
    });
  }
  return drawPerClass({ labels, perClass, random });
}
