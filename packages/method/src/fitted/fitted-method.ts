import type { CsrMatrix, DenseMatrix, FitSeconds, FittedClusterer, HistoryEntry } from '@crossmodal/core';
import { ownPartsOf } from '../options/own-parts-of.js';
import type { OwnPartNames } from '../options/own-parts.js';
import type { MethodTypes } from '../recipe/method-types.js';
import { modelBytes, saveModel } from '../saved/save-model.js';
import { aliveState } from './alive-state.js';
import { assignNew } from './assign-new.js';
import type { ModelState } from './model-state.js';

/** A clustering by a method, without what only that method reports. */
export interface FittedCore<Data extends MethodTypes['data']> extends FittedClusterer<Data> {
  readonly method: string;
  readonly labels: Int32Array;
  /** What was clustered, shape `[n, q]`: a spectral embedding, or the representation itself. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Soft assignment, shape `[n, clusters]`, rows sum to 1; only where the readout gives one. */
  readonly memberships?: DenseMatrix<Float32Array>;
  /** Affinity of the samples, shape `[n, n]`, symmetric, not negative; only where the readout makes a graph. */
  readonly affinity?: CsrMatrix<Float32Array>;
  /** Loss terms of every training step. */
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
  /** Every option that means something in this fit, defaults resolved, what depends on the data filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Names of the caller's own parts, by option. */
  readonly ownParts: OwnPartNames;
  /**
   * Clusters of new samples, out of sample: an approximation of a fit with them. New samples do not see each other, and nothing that was fitted changes.
   *
   * @param data - the modalities of the fit, by name
   * @returns length `m`, in the order of the rows of `data`
   * @throws CrossmodalError `unsupported` for data of another kind, or rows that the method cannot place; `shape` when modalities differ from the
   * fit's; `value` when a feature is not finite; `state` after `dispose`.
   */
  readonly predict: (data: Data) => Promise<Int32Array>;
  /**
   * Embedding of new samples in the space of {@link FittedCore.embedding}, shape `[m, q]`.
   *
   * @throws CrossmodalError as {@link FittedCore.predict}.
   */
  readonly transform: (data: Data) => Promise<DenseMatrix<Float64Array>>;
  /**
   * Memberships of new samples, shape `[m, clusters]`.
   *
   * @throws CrossmodalError as {@link FittedCore.predict}; `unsupported` where the readout gives no memberships.
   */
  readonly predictMemberships: (data: Data) => Promise<DenseMatrix<Float32Array>>;
  /**
   * Writes `model.json` and `arrays.npz` into a directory, whole or not at all.
   *
   * @throws CrossmodalError `state` after `dispose`, or when the directory holds something else; `unsupported` in a browser.
   */
  save(directory: string): Promise<void>;
  /**
   * The model as bytes, a zip archive of what {@link FittedCore.save} writes, for `load`; in browsers too.
   *
   * @throws CrossmodalError `state` after `dispose`.
   */
  toBytes(): Promise<Uint8Array>;
  /** Frees the networks, once running calls have ended; labels, embedding and history stay readable. */
  dispose(): void;
}

/** A clustering by a method. */
export type FittedMethod<M extends MethodTypes> = FittedCore<M['data']> & M['report'];

/** Wraps the state of a fitted model. */
export function createFitted<M extends MethodTypes>(state: ModelState<M>): FittedMethod<M> {
  const { recipe, clusters, seed, labels, embedding, memberships, affinity, history, seconds } = state;
  const { name } = recipe.definition;
  const alive = aliveState(name, state, ({ network }) => network.dispose());
  const assign = (call: string, data: M['data'], needs?: { readonly memberships: boolean }) =>
    alive.use(call, (model) => assignNew(call, model, data, needs));
  const core: FittedCore<M['data']> = {
    method: name,
    labels,
    embedding,
    ...(memberships && { memberships }),
    ...(affinity && { affinity }),
    history,
    seconds,
    options: { ...recipe.options, clusters, seed },
    ownParts: ownPartsOf(recipe),
    predict: async (data) => (await assign('predict', data)).labels,
    transform: async (data) => (await assign('transform', data)).embedding,
    predictMemberships: async (data) =>
      (await assign('predictMemberships', data, { memberships: true })).memberships!,
    save: (directory) => alive.use('save', (model) => saveModel(directory, model)),
    toBytes: () => alive.use('toBytes', modelBytes),
    dispose: () => alive.dispose(),
  };
  return Object.assign(core, state.report as M['report']);
}
