import { graphSettings } from '@crossmodal/assembly';
import { aliveState, checkPaired, type AliveState } from '@crossmodal/method';
import { matchInputs, presenceOf, type CsrMatrix, type DenseMatrix, type FitSeconds, type FittedClusterer, type HistoryEntry, type Paired } from '@crossmodal/core';
import { networkSamples } from '@crossmodal/transforms';
import { completeModalities, crossGraph, voteLabels } from '@crossmodal/self-expressive';
import { kMeansPredict } from '@crossmodal/spectral';
import type { CmscDccaState } from './cmsc-dcca-state.js';
import { joinedLatents } from './joined-latents.js';
import { levelEncoder, representsFeatures } from './level-encoder.js';
import { saveCmscDcca } from './save-cmsc-dcca.js';

/** A clustering by {@link createCmscDcca}. */
export class FittedCmscDcca implements FittedClusterer<Paired> {
  readonly method = 'cmsc-dcca';
  readonly labels: Int32Array;
  /** Spectral embedding, or the latents themselves without self-expression, shape `[n, q]`. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Affinity of the samples, shape `[n, n]`, symmetric, not negative; none without self-expression. */
  readonly affinity?: CsrMatrix<Float32Array>;
  /** Loss terms of every training step. */
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
  readonly options: Readonly<Record<string, unknown>>;
  readonly #state: AliveState<CmscDccaState>;

  /** Wraps a state; made by `fit` and by {@link loadCmscDcca}. */
  constructor(state: CmscDccaState) {
    this.#state = aliveState(this.method, state, ({ network }) => network.dispose());
    this.labels = state.labels;
    this.embedding = state.embedding;
    if (state.affinity !== undefined) this.affinity = state.affinity;
    this.history = state.history;
    this.seconds = state.seconds;
    this.options = { ...state.resolved, clusters: state.clusters, seed: state.seed };
  }

  /**
   * Clusters of new samples, out of sample: an approximation of a fit with them.
   *
   * New samples go through the trained encoders; each latent is represented by the training latents in closed form, and the training
   * samples of its strongest coefficients vote with the weight of their edges. The paper's preset, whose coefficients exist for training
   * samples only, predicts in the same way; without self-expression, the nearest centroid decides.
   *
   * @param data - the modalities of the fit, by name; rows may be absent
   * @throws CrossmodalError `unsupported` for other than paired data; `shape` when modalities differ from the fit's; `state` after `dispose`.
   */
  async predict(data: Paired): Promise<Int32Array> {
    const state = this.#state.get('predict');
    const { inputs, network, latents, medians, resolved, labels, clusters, centroids } = state;
    checkPaired('cmsc-dcca predict', data);
    if (data.n === 0) return new Int32Array(0);
    const modalities = matchInputs('cmsc-dcca predict', inputs, data.modalities);
    const samples = inputs.map((input, v) =>
      networkSamples(input, modalities[v]!.features, modalities[v]!.present),
    );
    const encoder = levelEncoder(network, representsFeatures(resolved));
    const encoded = await encoder.encode(samples).finally(() => encoder.dispose());
    const given = encoded.map((latent, l) => {
      const present = presenceOf(modalities[l % modalities.length]!);
      const features = latents[l]!.transform.apply(latent, present);
      return present === undefined ? { features } : { features, present };
    });
    if (centroids !== undefined)
      return kMeansPredict(joinedLatents(completeModalities(given, latents)), centroids);
    const graph = crossGraph(latents, given, { ...graphSettings(resolved, labels.length), medians });
    return voteLabels(graph, labels, clusters);
  }

  /**
   * Writes `model.json` and `arrays.npz` into a directory, whole or not at all.
   *
   * @throws CrossmodalError `state` after `dispose`, or when the directory holds something else.
   */
  async save(directory: string): Promise<void> {
    await saveCmscDcca(directory, this.#state.get('save'));
  }

  /** Frees the networks; labels, embedding, affinity and history stay readable. */
  dispose(): void {
    this.#state.dispose();
  }
}
