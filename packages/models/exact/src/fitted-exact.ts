import { aliveState, checkPaired, type AliveState } from '@crossmodal/method';
import { checkFinite, type CsrMatrix, type DenseMatrix, type FitSeconds, type FittedClusterer, type HistoryEntry, type Paired } from '@crossmodal/core';
import { matchModalities } from '@crossmodal/transforms';
import { crossGraph, ridgeFactor, voteLabels } from '@crossmodal/self-expressive';
import { recipesOf } from './exact-options.js';
import type { ExactState } from './exact-state.js';
import { hogNames } from './hog-names.js';
import { saveExact } from './save-exact.js';
import { withHog } from './with-hog.js';

/** A clustering by {@link createExact}. */
export class FittedExact implements FittedClusterer<Paired> {
  readonly method = 'exact';
  readonly labels: Int32Array;
  /** Heat-weighted, row-normalised spectral embedding, shape `[n, q]`. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Mean of the graphs, shape `[n, n]`, symmetric, in `[0, 1]`. */
  readonly affinity: CsrMatrix<Float32Array>;
  /** Empty: nothing is trained. */
  readonly history: readonly HistoryEntry[] = [];
  readonly seconds: FitSeconds;
  readonly options: Readonly<Record<string, unknown>>;
  readonly #state: AliveState<ExactState>;

  /** Wraps a state; made by `fit` and by {@link loadExact}. */
  constructor(state: ExactState) {
    this.#state = aliveState(this.method, state);
    this.labels = state.labels;
    this.embedding = state.embedding;
    this.affinity = state.affinity;
    this.seconds = state.seconds;
    this.options = { ...state.resolved, clusters: state.clusters, seed: state.seed };
  }

  /**
   * Clusters of new samples, out of sample: an approximation of a fit with them.
   *
   * Each new sample is represented by the training samples with the kernels and ridges of the fit; its strongest coefficients are the edges
   * of its row in each graph; and the training samples at their ends vote with the mean weight of the edge. New samples do not see each
   * other, and training labels do not change. A training sample given again mostly, not always, keeps its label.
   *
   * @param data - the modalities of the fit, by name; rows may be absent, and are filled from the training samples
   * @throws CrossmodalError `unsupported` for other than paired data; `shape` when modalities differ from the fit's; `value` when a feature
   * is not finite; `state` after `dispose`.
   */
  async predict(data: Paired): Promise<Int32Array> {
    const { modalities, medians, resolved, labels, clusters } = this.#state.get('predict');
    checkPaired('exact predict', data);
    // Before the histograms, which are 441 values whatever the size of the images.
    const own = modalities.slice(0, modalities.length - hogNames(modalities, resolved.hog).length);
    const matched = matchModalities(own, data.modalities);
    checkFinite('exact predict', data);
    if (data.n === 0) return new Int32Array(0);
    const given = withHog(matched, resolved.hog).map(({ features, present }, v) => ({
      features: modalities[v]!.transform.apply(features, present),
      ...(present ? { present } : {}),
    }));
    const graph = crossGraph(modalities, given, {
      recipes: recipesOf(resolved),
      width: resolved.width,
      ridgeFactor: ridgeFactor(labels.length, resolved.ridgeReference),
      medians,
    });
    return voteLabels(graph, labels, clusters);
  }

  /**
   * Writes `model.json` and `arrays.npz` into a directory, whole or not at all.
   *
   * @throws CrossmodalError `state` after `dispose`, or when the directory holds something else.
   */
  async save(directory: string): Promise<void> {
    await saveExact(directory, this.#state.get('save'));
  }

  /** Frees the training features; labels, embedding and affinity stay readable. */
  dispose(): void {
    this.#state.dispose();
  }
}
