import type { CsrMatrix, DenseMatrix, FitSeconds, HistoryEntry } from '@crossmodal/core';
import type { ResolvedRecipe } from '../options/resolve-recipe.js';
import type { MethodTypes } from '../recipe/method-types.js';

/** Everything that a fitted model consists of. */
export interface ModelState<M extends MethodTypes> {
  readonly recipe: ResolvedRecipe<M>;
  readonly clusters: number;
  readonly seed: number;
  readonly prepared: M['prepared'];
  readonly network: M['network'];
  /** What the readout assigns new samples by; its rows are in canonical order. */
  readonly readoutState: unknown;
  /** Clusters and embedding of the training samples in canonical order. */
  readonly canonical: { readonly labels: Int32Array; readonly embedding: DenseMatrix<Float64Array> };
  /** In the order of the data. */
  readonly labels: Int32Array;
  readonly embedding: DenseMatrix<Float64Array>;
  readonly memberships: DenseMatrix<Float32Array> | undefined;
  readonly affinity: CsrMatrix<Float32Array> | undefined;
  readonly report: object;
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
}
