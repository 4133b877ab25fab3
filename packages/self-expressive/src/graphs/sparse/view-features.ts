import type { DenseMatrix } from '@crossmodal/core';
import type { CompletedFeatures } from '../completion/completed-features.js';
import { compactFeatures, type CompactFeatureOptions } from './compact-features.js';
import type { KernelView } from './kernel-views.js';
import { sharedFeatures } from './shared-features.js';

/** Bytes that the features of several views may take at once: beyond, memory counts more than the kernels that are made again. */
export const TOGETHER_BYTES = 2 ** 27;

/** The features of a view. */
export interface ViewFeatures {
  readonly view: KernelView;
  readonly features: DenseMatrix<Float32Array>;
}

/** Whether the features `[n, rank]` of so many views are made at once. */
export function fitTogether(n: number, rank: number, views: number): boolean {
  return 4 * n * rank * views <= TOGETHER_BYTES;
}

/**
 * Features of each view, one after the other; those of Gaussian views of one width are made together, so that each kernel is made once, where they fit
 * into {@link TOGETHER_BYTES}.
 */
export async function* viewFeatures(
  views: readonly KernelView[],
  fitted: readonly CompletedFeatures[],
  options: CompactFeatureOptions,
): AsyncGenerator<ViewFeatures> {
  const { rows } = fitted[0]!.features;
  const widths = new Set<number>();
  for (const view of views) {
    const alike = views.filter(({ kernel, width }) => kernel === view.kernel && width === view.width);
    const rank = Math.min(options.rank, options.landmarks, rows);
    if (view.kernel === 'linear' || !fitTogether(rows, rank, alike.length)) {
      const { features } = await compactFeatures(view, fitted, options);
      yield { view, features };
    } else if (!widths.has(view.width)) {
      widths.add(view.width);
      // Each is let go of when its graphs are made.
      const features = await sharedFeatures(alike, fitted, options);
      for (const one of alike) yield { view: one, features: features.shift()! };
    }
  }
}
