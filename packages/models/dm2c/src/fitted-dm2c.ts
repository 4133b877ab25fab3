import { aliveState, checkComplete, checkMixed, type AliveState } from '@crossmodal/method';
import { matchInputs, type DenseMatrix, type FitSeconds, type FittedClusterer, type HistoryEntry, type Mixed } from '@crossmodal/core';
import { assign } from './assignment.js';
import type { Dm2cState } from './dm2c-state.js';
import { applyFeatures } from './modality-features.js';
import { unifyLatents } from './network/unify-latents.js';
import { saveDm2c } from './saved/save-dm2c.js';

/** A clustering by {@link createDm2c}. */
export class FittedDm2c implements FittedClusterer<Mixed> {
  readonly method = 'dm2c';
  readonly labels: Int32Array;
  /** Latents of all samples in the anchor's space, shape `[n, q]`; without unification, each in the space of its own modality. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Loss terms of every training step. */
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
  readonly options: Readonly<Record<string, unknown>>;
  /** Name of the anchor modality. */
  readonly anchor: string;
  /** Names of the modalities that took part in training the maps and in the clustering. */
  readonly informative: readonly string[];
  readonly #state: AliveState<Dm2cState>;

  /** Wraps a state; made by `fit` and by {@link loadDm2c}. */
  constructor(state: Dm2cState) {
    const { resolved, clusters, seed, network, recipes, live } = state;
    this.#state = aliveState('dm2c', state, ({ network: held }) => held.dispose());
    this.labels = state.labels;
    this.embedding = state.embedding;
    this.history = state.history;
    this.seconds = state.seconds;
    const nameOf = (v: number) => recipes[v]!.frontEnd.input.name;
    this.anchor = nameOf(network.mapping.anchor);
    this.informative = live.map(nameOf);
    this.options = { ...resolved, anchor: this.anchor, clusters, seed };
  }

  /**
   * Clusters of new samples: each goes through the encoder of its modality and into the anchor's space. Where k-means clustered the unified
   * latents (the paper's preset, and the default after a match by geometry) it joins the nearest centre; where a graph did, the unified
   * training samples in the most similar directions vote.
   *
   * @param data - the modalities of the fit, by name; one may have no rows
   * @returns clusters in the order of the rows of `data`, modality after modality
   * @throws CrossmodalError `unsupported` for other than mixed data, or when a row is absent; `shape` when modalities differ from the fit's; `state` after `dispose`.
   */
  async predict(data: Mixed): Promise<Int32Array> {
    const { recipes, network, resolved, assignment } = this.#state.get('predict');
    checkMixed('dm2c predict', data);
    const modalities = matchInputs(
      'dm2c predict',
      recipes.map(({ frontEnd }) => frontEnd.input),
      data.modalities,
    );
    checkComplete('dm2c predict', modalities);
    const features: DenseMatrix<Float32Array>[] = [];
    for (const [v, modality] of modalities.entries()) {
      features.push(
        modality.features.rows === 0 ? modality.features : await applyFeatures(recipes[v]!, modality),
      );
    }
    const unified = await unifyLatents(network, features, { unify: resolved.unify });
    const labels = new Map(
      modalities.map((modality, v) => [modality.name, assign(unified[v]!, assignment)] as const),
    );
    return Int32Array.from(data.modalities.flatMap(({ name }) => Array.from(labels.get(name)!)));
  }

  /**
   * Writes `model.json` and `arrays.npz` into a directory, whole or not at all.
   *
   * @throws CrossmodalError `state` after `dispose`, or when the directory holds something else.
   */
  async save(directory: string): Promise<void> {
    await saveDm2c(directory, this.#state.get('save'));
  }

  /** Frees the networks; labels, embedding and history stay readable. */
  dispose(): void {
    this.#state.dispose();
  }
}
