import { aliveState, checkPaired, type AliveState } from '@crossmodal/method';
import { matchInputs, presenceOf, type DenseMatrix, type FitSeconds, type FittedClusterer, type HistoryEntry, type Paired } from '@crossmodal/core';
import { applyInput } from './dmim-input.js';
import { activeModalities, type DmimState } from './dmim-state.js';
import { joinReadings, outputReader, type JointReading } from './read-outputs.js';
import { saveDmim } from './save-dmim.js';

/** A clustering by {@link createDmim}. */
export class FittedDmim implements FittedClusterer<Paired> {
  readonly method = 'dmim';
  readonly labels: Int32Array;
  /** Mean of the clustering head's softmax over modalities, shape `[n, clusters]`, rows sum to 1. */
  readonly memberships: DenseMatrix<Float32Array>;
  /** Mean latent over modalities, what the heads saw, shape `[n, units]`. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Weight of each modality in those means, by name; they sum to 1, and a modality that shares nothing has 0. */
  readonly modalityWeights: Readonly<Record<string, number>>;
  /** Loss terms of every training step: mutual information of each pair and head, and what is held against it. */
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
  readonly options: Readonly<Record<string, unknown>>;
  readonly #state: AliveState<DmimState>;

  /** Wraps a state; made by `fit` and by {@link loadDmim}. */
  constructor(state: DmimState) {
    this.#state = aliveState(this.method, state, ({ network }) => network.dispose());
    this.labels = state.labels;
    this.memberships = state.memberships;
    this.embedding = state.embedding;
    this.modalityWeights = Object.fromEntries(
      state.inputs.map(({ reduction }, v) => [reduction.name, state.weights[v]!]),
    );
    this.history = state.history;
    this.seconds = state.seconds;
    this.options = { ...state.resolved, clusters: state.clusters, seed: state.seed };
  }

  /**
   * Clusters of new samples, by the trained network; samples do not see each other.
   *
   * @param data - the modalities of the fit, by name; rows may be absent
   * @throws CrossmodalError `unsupported` for other than paired data; `shape` when modalities differ from the fit's; `state` after `dispose`.
   */
  async predict(data: Paired): Promise<Int32Array> {
    const state = this.#state.get('predict');
    checkPaired('dmim predict', data);
    if (data.n === 0) return new Int32Array(0);
    return (await readNew('dmim predict', state, data)).labels;
  }

  /**
   * Memberships of new samples, shape `[m, clusters]`.
   *
   * @param data - the modalities of the fit, by name; rows may be absent
   * @throws CrossmodalError as {@link FittedDmim.predict}.
   */
  async predictMemberships(data: Paired): Promise<DenseMatrix<Float32Array>> {
    const where = 'predictMemberships';
    const state = this.#state.get(where);
    checkPaired(`dmim ${where}`, data);
    if (data.n === 0) return { ...this.memberships, rows: 0, values: new Float32Array(0) };
    return (await readNew(`dmim ${where}`, state, data)).memberships;
  }

  /**
   * Writes `model.json` and `arrays.npz` into a directory, whole or not at all.
   *
   * @throws CrossmodalError `state` after `dispose`, or when the directory holds something else.
   */
  async save(directory: string): Promise<void> {
    await saveDmim(directory, this.#state.get('save'));
  }

  /** Frees the network; labels, memberships, embedding and history stay readable. */
  dispose(): void {
    this.#state.dispose();
  }
}

async function readNew(where: string, state: DmimState, data: Paired): Promise<JointReading> {
  const { inputs, weights, network } = state;
  const expected = inputs.map(({ frontEnd, reduction }) => frontEnd?.input ?? reduction);
  const modalities = matchInputs(where, expected, data.modalities);
  const active = activeModalities(weights);
  const features: DenseMatrix<Float32Array>[] = [];
  for (const v of active) features.push(await applyInput(inputs[v]!, modalities[v]!));
  const reader = outputReader(network);
  try {
    return joinReadings(
      await reader.read(features),
      active.map((v) => weights[v]!),
      active.map((v) => presenceOf(modalities[v]!)),
    );
  } finally {
    reader.dispose();
  }
}
