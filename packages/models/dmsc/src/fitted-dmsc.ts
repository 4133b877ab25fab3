import { aliveState, checkPaired, latentEncoder, matchInputs, networkSamples, type AliveState, graphSettings } from '@crossmodal/assembly';
import { presenceOf, type CsrMatrix, type DenseMatrix, type FitSeconds, type FittedClusterer, type HistoryEntry, type Paired } from '@crossmodal/core';
import { crossGraph, voteLabels } from '@crossmodal/self-expressive';
import { checkPresence } from './check-presence.js';
import type { DmscState } from './dmsc-state.js';
import { saveDmsc } from './save-dmsc.js';

/** A clustering by {@link createDmsc}. */
export class FittedDmsc implements FittedClusterer<Paired> {
  readonly method = 'dmsc';
  readonly labels: Int32Array;
  /** Spectral embedding, shape `[n, q]`. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Affinity of the samples, shape `[n, n]`, symmetric, in `[0, 1]`. */
  readonly affinity: CsrMatrix<Float32Array>;
  /** Loss terms of every training step. */
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
  readonly options: Readonly<Record<string, unknown>>;
  readonly #state: AliveState<DmscState>;

  /** Wraps a state; made by `fit` and by {@link loadDmsc}. */
  constructor(state: DmscState) {
    this.#state = aliveState(this.method, state, ({ network }) => network.dispose());
    this.labels = state.labels;
    this.embedding = state.embedding;
    this.affinity = state.affinity;
    this.history = state.history;
    this.seconds = state.seconds;
    this.options = { ...state.resolved, clusters: state.clusters, seed: state.seed };
  }

  /**
   * Clusters of new samples, out of sample: an approximation of a fit with them.
   *
   * New samples go through the trained encoders; each latent is represented by the training latents in closed form, and the training
   * samples of its strongest coefficients vote with the weight of their edges. The networks and the training labels do not change, and new
   * samples do not see each other. The paper's preset, whose coefficients exist for training samples only, predicts in the same way.
   *
   * @param data - the modalities of the fit, by name; with affinity fusion rows may be absent
   * @throws CrossmodalError `shape` when modalities differ from the fit's; `unsupported` for other than paired data, or when
   *   spatial fusion lacks a row; `state` after `dispose`.
   */
  async predict(data: Paired): Promise<Int32Array> {
    const { inputs, network, latents, medians, resolved, labels, clusters } = this.#state.get('predict');
    checkPaired('dmsc predict', data);
    if (data.n === 0) return new Int32Array(0);
    const modalities = matchInputs('dmsc predict', inputs, data.modalities);
    checkPresence('dmsc predict', resolved.fusion, modalities);
    const samples = inputs.map((input, v) =>
      networkSamples(input, modalities[v]!.features, modalities[v]!.present),
    );
    const encoder = latentEncoder('dmsc', network);
    const encoded = await encoder.encode(samples).finally(() => encoder.dispose());
    const given = encoded.map((latent, l) => {
      const present = encoded.length === modalities.length ? presenceOf(modalities[l]!) : undefined;
      const features = latents[l]!.transform.apply(latent, present);
      return present === undefined ? { features } : { features, present };
    });
    const graph = crossGraph(latents, given, { ...graphSettings(resolved, labels.length), medians });
    return voteLabels(graph, labels, clusters);
  }

  /**
   * Writes `model.json` and `arrays.npz` into a directory, whole or not at all.
   *
   * @throws CrossmodalError `state` after `dispose`, or when the directory holds something else.
   */
  async save(directory: string): Promise<void> {
    await saveDmsc(directory, this.#state.get('save'));
  }

  /** Frees the networks; labels, embedding, affinity and history stay readable. */
  dispose(): void {
    this.#state.dispose();
  }
}
