import {
  CrossmodalError,
  toCsr,
  type CsrMatrix,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';
import {
  graphSettings,
  graphState,
  prepareLatents,
  voteByGraph,
  type GraphState,
  type OptionShape,
  type Readout,
} from '@crossmodal/method';
import { latentMedians } from './latent-medians.js';
import { spectralClustering, type SpectralClusteringOptions } from '@crossmodal/spectral';
import type { SubspaceSeen } from './subspace-types.js';

/** Options of {@link coefficientReadout}. */
export interface CoefficientReadoutOptions<Options> {
  /** Schemas of the options that it reads. @defaultValue none */
  readonly options?: OptionShape;
  /** From the trained coefficients S, shape `[n, n]`, to an affinity. */
  readonly affinity: (
    coefficients: DenseMatrix<Float32Array>,
    context: { readonly options: Options; readonly clusters: number; readonly random: RandomSource },
  ) => DenseMatrix<Float32Array> | CsrMatrix<Float32Array>;
  /** How that is clustered. */
  readonly spectral: Omit<SpectralClusteringOptions, 'clusters' | 'random' | 'signal'>;
}

/** What a training with coefficients keeps for the readout, see `Training.keeps`. */
export const COEFFICIENTS = 'coefficients';

/** Graphs of new samples, whose coefficients a paper does not define: the simplest. */
const NEW_SAMPLES = { graphs: 'F2', width: 3, ridgeReference: 4500 } as const;

/**
 * Clusters by the affinity of coefficients that were trained with the network. New samples, which have no coefficients, are assigned by the graph of
 * the exact ones.
 *
 * Only trainings that keep {@link COEFFICIENTS} suit it.
 */
export function coefficientReadout<Options>({
  options: shape,
  affinity: affinityOf,
  spectral,
}: CoefficientReadoutOptions<Options>): Readout<SubspaceSeen, GraphState, Options> {
  return {
    name: 'coefficients',
    ...(shape && { options: shape }),
    schema: graphState,
    needs: () => [COEFFICIENTS],
    async fit({ latents, coefficients }, { options, clusters, random, signal, pause }) {
      if (coefficients === undefined) {
        throw new CrossmodalError({
          code: 'option',
          where: "option 'training'",
          expected: `helpers with a self-expressive layer, since it keeps '${COEFFICIENTS}'`,
          received: 'none',
        });
      }
      await pause('affinity', 0, 1);
      const affinity = toCsr(
        affinityOf(coefficients(), { options, clusters, random: random.fork('affinity') }),
      ) as CsrMatrix<Float32Array>;
      const ready = prepareLatents(latents);
      const medians = latentMedians(ready);
      await pause('assign', 0, 1);
      const { labels, embedding } = spectralClustering(affinity, {
        ...spectral,
        clusters,
        random: random.fork('spectral'),
        ...(signal ? { signal } : {}),
      });
      await pause('assign', 1, 1);
      return { labels, embedding, affinity, state: { latents: ready, medians }, dependsOnOthers: true };
    },
    predict: ({ latents }, { state, ...fitted }) =>
      voteByGraph(latents, state, graphSettings(NEW_SAMPLES, state.latents), fitted),
    fits: ({ latents }, { n }) => latents.every(({ features }) => features.rows === n),
  };
}
