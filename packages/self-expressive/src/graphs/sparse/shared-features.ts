import { denseMatrix, throwIfAborted, yieldToEvents, type DenseMatrix } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import { rowRanges } from '../../solvers/sparse/lazy-rows.js';
import type { CompletedFeatures } from '../completion/completed-features.js';
import { addInPlace } from '../kernels/add-in-place.js';
import type { CompactFeatureOptions } from './compact-features.js';
import type { KernelView } from './kernel-views.js';
import { landmarkKernel } from './landmark-kernel.js';
import { leadingWhitening } from './leading-whitening.js';
import { placeLandmarks } from './place-landmarks.js';
import { sampledRows } from './sampled-rows.js';
import { takeCompleted } from './take-completed.js';

/** Bytes of the kernels of a block of rows on their way. */
const BLOCK_BYTES = 2 ** 24;

/**
 * Features of several sums of Gaussian kernels of one width: what {@link compactFeatures} makes of each, while the kernel of each modality with the
 * landmarks is made only once. The same to the last bit where no row is absent.
 *
 * @returns shape `[n, r]` for each view
 */
export async function sharedFeatures(
  views: readonly KernelView[],
  fitted: readonly CompletedFeatures[],
  options: CompactFeatureOptions,
): Promise<DenseMatrix<Float32Array>[]> {
  const { signal, random, rank } = options;
  const where = 'compactFeatures';
  const n = fitted[0]!.features.rows;
  const { drawn, landmarksIn } = placeLandmarks(fitted, options);
  const used = [...new Set(views.flatMap(({ members }) => members))];
  const ready = new Map(used.map((v) => [v, landmarksIn(v, views[0]!)]));
  const kernelsOf = (given: readonly CompletedFeatures[]) =>
    new Map(used.map((v) => [v, landmarkKernel([{ ...ready.get(v)!, given: given[v]! }])]));
  const read = (kernels: ReturnType<typeof kernelsOf>, start: number, end: number) => {
    const parts = new Map(used.map((v) => [v, kernels.get(v)!.read(start, end)]));
    return ({ members }: KernelView) => sumOf(members.map((v) => parts.get(v)!));
  };
  const kernels = kernelsOf(fitted);
  const own = read(kernelsOf(fitted.map((modality) => takeCompleted(modality, drawn))), 0, drawn.length);
  let samples: Map<number, DenseMatrix<Float32Array>> | undefined;
  const sampleOf = ({ members }: KernelView) => {
    samples ??= new Map(used.map((v) => [v, sampledRows(kernels.get(v)!, random)]));
    return sumOf(members.map((v) => samples!.get(v)!));
  };
  const maps = views.map((view) =>
    leadingWhitening(where, own(view), { rank: Math.min(rank, n), random, sample: () => sampleOf(view) }),
  );
  samples = undefined;
  const features = maps.map(({ columns }) => denseMatrix(new Float32Array(n * columns), n, columns));
  const size = Math.max(1, Math.floor(BLOCK_BYTES / (4 * drawn.length * used.length)));
  for (const [start, end] of rowRanges(n, size)) {
    throwIfAborted(signal, where);
    const of = read(kernels, start, end);
    views.forEach((view, at) => {
      const { values, columns } = features[at]!;
      values.set(backendProduct(of(view), maps[at]!).values, start * columns);
    });
    await yieldToEvents();
  }
  return features;
}

/** Sum of matrices, the first of them itself where it is alone. */
function sumOf(parts: readonly DenseMatrix<Float32Array>[]): DenseMatrix<Float32Array> {
  if (parts.length === 1) return parts[0]!;
  const [first] = parts;
  const values = first!.values.slice();
  for (const part of parts.slice(1)) addInPlace(values, part.values);
  return { ...first!, values };
}
