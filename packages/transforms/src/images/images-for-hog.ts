import { evenlySpaced, gatherRows, type ImageModality, type Modality } from '@crossmodal/core';
import { sobelEdges } from './sobel-edges.js';

/** Sides shorter than this have fewer pixels than the histograms have cells. */
const SHORTEST_SIDE = 7;
/** Images whose edges are compared with those of another modality. */
const COMPARED = 32;
/** Correlation of edge maps from which one counts as the other: filters of 3 and 5 pixels, or other norms, stay above, other images below. */
const ALIKE = 0.9;

const EDGES = /(^|[^a-z])(edges?|sobel|canny|prewitt|scharr|gradients?)([^a-z]|$)/i;
const HOG = /(^|[^a-z])hog([^a-z]|$)/i;

/**
 * The image modalities that gain histograms of oriented gradients by themselves: images with sides of 7 pixels or more, of which neither an
 * edge map nor such histograms are given.
 *
 * - Vectors whose name has the word `hog` are histograms: of the images whose name theirs begins with, such as `left-hog` of `left`, or of
 *   all images where there are none of that name.
 * - Images are an edge map of images of the same size when their name has the word `edge`, `edges`, `sobel`, `canny`, `prewitt`, `scharr`,
 *   `gradient` or `gradients`, by the same rule of names, or when they correlate by 0.9 or more with the Sobel edges of these,
 *   in the mean over 32 objects. Edge maps gain no histograms either.
 *
 * @returns names, in the order of the modalities
 * @example
 * ```ts
 * import { fromRows, images } from '@crossmodal/core';
 * const picture = images('picture', fromRows([new Array<number>(64).fill(0)]), { height: 8, width: 8 });
 * console.log(imagesForHog([picture])); // picture
 * ```
 */
export function imagesForHog(modalities: readonly Modality[]): readonly string[] {
  const images = modalities.filter((modality) => modality.kind === 'images');
  const histograms = modalities.filter(({ kind, name }) => kind === 'vectors' && HOG.test(name));
  const isEdgeMapOf = (map: ImageModality, of: ImageModality): boolean =>
    map !== of &&
    map.height === of.height &&
    map.width === of.width &&
    (EDGES.test(map.name) ? !EDGES.test(of.name) && belongsTo(map, of, images) : looksLikeEdges(map, of));
  return images
    .filter(
      (image) =>
        Math.min(image.height, image.width) >= SHORTEST_SIDE &&
        !EDGES.test(image.name) &&
        !modalities.some(({ name }) => name === `${image.name}-hog`) &&
        !histograms.some((histogram) => belongsTo(histogram, image, images)) &&
        !images.some((other) => isEdgeMapOf(other, image) || isEdgeMapOf(image, other)),
    )
    .map(({ name }) => name);
}

/** Whether what was made of images was made of these: by its name, or because its name begins with that of none. */
function belongsTo(made: Modality, image: ImageModality, images: readonly ImageModality[]): boolean {
  const owners = images.filter(({ name }) => name !== made.name && made.name.startsWith(name));
  return owners.length === 0 || owners.includes(image);
}

/** Whether images are, in the mean, the Sobel edges of others up to scale and offset. */
function looksLikeEdges(map: ImageModality, of: ImageModality): boolean {
  if (map.channels !== of.channels) return false;
  const both = Array.from({ length: of.features.rows }, (_, i) => i).filter(
    (i) => map.present?.[i] !== 0 && of.present?.[i] !== 0,
  );
  if (both.length === 0) return false;
  const rows = Array.from(evenlySpaced(both.length, COMPARED), (place) => both[place]!);
  const { present: _, ...whole } = of;
  const edges = sobelEdges({ ...whole, features: gatherRows(of.features, rows) }).features.values;
  const given = gatherRows(map.features, rows).values;
  const size = of.features.columns;
  let sum = 0;
  for (let r = 0; r < rows.length; r++)
    sum += correlation(edges.subarray(r * size, (r + 1) * size), given.subarray(r * size, (r + 1) * size));
  return sum / rows.length >= ALIKE;
}

/** Correlation of two lists of numbers; 0 where one is constant. */
function correlation(a: Float32Array, b: Float32Array): number {
  const n = a.length;
  let [meanA, meanB] = [0, 0];
  for (let p = 0; p < n; p++) {
    meanA += a[p]! / n;
    meanB += b[p]! / n;
  }
  let [ab, aa, bb] = [0, 0, 0];
  for (let p = 0; p < n; p++) {
    const [x, y] = [a[p]! - meanA, b[p]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
