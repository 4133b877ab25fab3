import {
  aliveState,
  checkComplete,
  checkPaired,
  likeliestClusters,
  matchInputs,
  type AliveState,
} from '@crossmodal/assembly';
import type { DenseMatrix, FitSeconds, FittedClusterer, HistoryEntry, Paired } from '@crossmodal/core';
import type { EamcState } from './eamc-state.js';
import { evaluateNetwork } from './evaluate-network.js';
import { featuresOf } from './prepare-features.js';
import { saveEamc } from './save-eamc.js';

/** A clustering by {@link createEamc}. */
export class FittedEamc implements FittedClusterer<Paired> {
  readonly method = 'eamc';
  readonly labels: Int32Array;
  /** Soft assignment, shape `[n, clusters]`. */
  readonly memberships: DenseMatrix<Float32Array>;
  /** Fused latents, shape `[n, q]`. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** What each modality counts, by name, as in Table 6 of the paper: the mean of the attention over all samples; sum 1. */
  readonly modalityWeights: Readonly<Record<string, number>>;
  /** Clustering loss of each run, of which the smallest was kept; empty when there was one run. */
  readonly runLosses: readonly number[];
  /** Loss terms of every training step of the run that was kept; the discriminators' steps have a term of their own. */
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
  readonly options: Readonly<Record<string, unknown>>;
  readonly #state: AliveState<EamcState>;

  /** Wraps a state; made by `fit` and by {@link loadEamc}. */
  constructor(state: EamcState) {
    this.#state = aliveState(this.method, state, ({ network }) => network.dispose());
    this.labels = state.labels;
    this.memberships = state.memberships;
    this.embedding = state.embedding;
    this.modalityWeights = Object.fromEntries(
      state.preparations.map(({ frontEnd: { input } }, v) => [input.name, state.weights[v]!]),
    );
    this.runLosses = state.runLosses;
    this.history = state.history;
    this.seconds = state.seconds;
    this.options = { ...state.resolved, clusters: state.clusters, seed: state.seed };
  }

  /**
   * Clusters of new samples by the trained network, chunk by chunk; the weights of the modalities are those of the training samples.
   *
   * @param data - the modalities of the fit, by name
   * @throws CrossmodalError `shape` when modalities differ from the fit's; `unsupported` for other than paired data, or when a row is absent; `state` after `dispose`.
   */
  async predict(data: Paired): Promise<Int32Array> {
    const { preparations, network } = this.#state.get('predict');
    const where = 'eamc predict';
    checkPaired(where, data);
    if (data.n === 0) return new Int32Array(0);
    const modalities = matchInputs(
      where,
      preparations.map(({ frontEnd: { input } }) => input),
      data.modalities,
    );
    checkComplete(where, modalities);
    const { assignments } = await evaluateNetwork(network, await featuresOf(preparations, modalities));
    return likeliestClusters(assignments);
  }

  /**
   * Writes `model.json` and `arrays.npz` into a directory, whole or not at all.
   *
   * @throws CrossmodalError `state` after `dispose`, or when the directory holds something else.
   */
  async save(directory: string): Promise<void> {
    await saveEamc(directory, this.#state.get('save'));
  }

  /** Frees the networks; labels, memberships, embedding and history stay readable. */
  dispose(): void {
    this.#state.dispose();
  }
}
