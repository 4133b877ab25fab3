import type { DenseMatrix } from '@crossmodal/core';
import type { CompletedFeatures } from '../completion/completed-features.js';
import { compactFeatures, type CompactFeatureOptions } from './compact-features.js';
import type { KernelView } from './kernel-views.js';
import { sharedFeatures } from './shared-features.js';

/** The features of a view. */
export interface ViewFeatures {
  readonly view: KernelView;
  readonly features: DenseMatrix<Float32Array>;
}

/** Features of each view, one after the other; those of Gaussian views of one width are made together, so that each kernel is made once. */
export async function* viewFeatures(
  views: readonly KernelView[],
  fitted: readonly CompletedFeatures[],
  options: CompactFeatureOptions,
): AsyncGenerator<ViewFeatures> {
  const widths = new Set<number>();
  for (const view of views) {
    if (view.kernel === 'linear') {
      const { features } = await compactFeatures(view, fitted, options);
      yield { view, features };
    } else if (!widths.has(view.width)) {
      widths.add(view.width);
      const alike = views.filter(({ kernel, width }) => kernel === view.kernel && width === view.width);
      // Each is let go of when its graphs are made.
      const features = await sharedFeatures(alike, fitted, options);
      for (const one of alike) yield { view: one, features: features.shift()! };
    }
  }
}
