import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import type { LazyRows } from '../../solvers/sparse/lazy-rows.js';
import type { CompletedFeatures } from '../completion/completed-features.js';
import type { KernelView } from './kernel-views.js';
import { landmarkKernel } from './landmark-kernel.js';
import { leadingDirections } from './leading-directions.js';
import { leadingWhitening } from './leading-whitening.js';
import { mappedRows } from './mapped-rows.js';
import { placeLandmarks } from './place-landmarks.js';
import { sampledRows } from './sampled-rows.js';
import { sideBySide } from './side-by-side.js';
import { takeCompleted } from './take-completed.js';

/** Options of {@link compactFeatures}. */
export interface CompactFeatureOptions {
  /** Median squared distance of each modality. */
  readonly medians: readonly number[];
  /** Landmarks of a kernel, 1 or more. */
  readonly landmarks: number;
  /** Columns kept, 1 or more. */
  readonly rank: number;
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
}

/** Features whose products are a kernel, or near it. */
export interface CompactFeatures {
  /** `F`, shape `[n, r]`, `K ~ F F^T`. */
  readonly features: DenseMatrix<Float32Array>;
  /** Those of other rows, shape `[m, r]`. */
  of(given: readonly CompletedFeatures[]): Promise<DenseMatrix<Float32Array>>;
}

/**
 * Features of a sum of kernels over modalities, in memory `O(n r)`.
 *
 * A linear kernel has the modalities side by side. A Gaussian one, and a linear one of more columns than landmarks, gets them by Nystroem's
 * method: with the kernel `C` of rows and `m` landmarks and that of landmarks with each other, `W = R R^T`, they are `F = C R^-T`: the
 * projection of each row onto the span of the landmarks in the space of the kernel. Landmarks are rows drawn at random. More than `rank`
 * columns are cut to the leading directions: {@link leadingWhitening}, {@link leadingDirections}.
 */
export async function compactFeatures(
  view: KernelView,
  fitted: readonly CompletedFeatures[],
  options: CompactFeatureOptions,
): Promise<CompactFeatures> {
  const { signal, random } = options;
  const { blocksOf, kernel } = source(view, fitted, options);
  const blocks = blocksOf(fitted);
  const rank = Math.min(options.rank, blocks.rows);
  const map =
    kernel !== undefined
      ? leadingWhitening('compactFeatures', kernel, {
          rank,
          random,
          sample: () => sampledRows(blocks, random),
        })
      : blocks.columns > rank
        ? leadingDirections(blocks, { rank, random })
        : undefined;
  const of = (given: readonly CompletedFeatures[]) =>
    mappedRows('compactFeatures', blocksOf(given), { map, signal });
  return { features: await of(fitted), of };
}

/** Where features come from: blocks of rows, and the kernel of landmarks whose kernels with the rows these are. */
interface FeatureSource {
  readonly blocksOf: (given: readonly CompletedFeatures[]) => LazyRows;
  readonly kernel: DenseMatrix<Float32Array> | undefined;
}

function source(
  { kernel, width, members }: KernelView,
  fitted: readonly CompletedFeatures[],
  { medians, landmarks, random }: CompactFeatureOptions,
): FeatureSource {
  const columns = members.reduce((sum, v) => sum + fitted[v]!.features.columns, 0);
  if (kernel === 'linear' && columns <= landmarks)
    return { blocksOf: (given) => sideBySide(members.map((v) => given[v]!.features)), kernel: undefined };
  const { drawn, landmarksIn } = placeLandmarks(fitted, { medians, landmarks, random });
  const ready = members.map((v) => landmarksIn(v, { kernel, width }));
  const blocksOf = (given: readonly CompletedFeatures[]) =>
    landmarkKernel(ready.map((modality, at) => ({ ...modality, given: given[members[at]!]! })));
  const taken = fitted.map((modality) => takeCompleted(modality, drawn));
  return { blocksOf, kernel: blocksOf(taken).read(0, drawn.length) };
}
