import { aliveState, checkPaired, type AliveState } from '@crossmodal/method';
import { likeliestClusters } from '@crossmodal/spectral';
import { matchInputs, denseMatrix, type DenseMatrix, type FitSeconds, type FittedClusterer, type HistoryEntry, type Paired } from '@crossmodal/core';
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
   * Clusters of new samples by the trained network, chunk by chunk. The weights of the modalities are those of the training samples, scaled to sum 1
   * over the modalities that a sample has.
   *
   * @param data - the modalities of the fit, by name; rows may be absent
   * @throws CrossmodalError `shape` when modalities differ from the fit's; `unsupported` for other than paired data; `state` after `dispose`.
   */
  async predict(data: Paired): Promise<Int32Array> {
    const state = this.#state.get('predict');
    return likeliestClusters(await assignNew('eamc predict', state, data));
  }

  /**
   * Soft assignment of new samples, shape `[m, clusters]`.
   *
   * @param data - the modalities of the fit, by name; rows may be absent
   * @throws CrossmodalError as {@link FittedEamc.predict}.
   */
  async predictMemberships(data: Paired): Promise<DenseMatrix<Float32Array>> {
    const state = this.#state.get('predictMemberships');
    return assignNew('eamc predictMemberships', state, data);
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

async function assignNew(
  where: string,
  { preparations, network, clusters }: EamcState,
  data: Paired,
): Promise<DenseMatrix<Float32Array>> {
  checkPaired(where, data);
  if (data.n === 0) return denseMatrix(new Float32Array(0), 0, clusters);
  const modalities = matchInputs(
    where,
    preparations.map(({ frontEnd: { input } }) => input),
    data.modalities,
  );
  return (await evaluateNetwork(network, await featuresOf(preparations, modalities))).assignments;
}
