import { buildAffinity, buildSparseAffinity } from '@crossmodal/self-expressive';
import { spectralClustering } from '@crossmodal/spectral';
import * as z from 'zod';
import type { Readout } from '../recipe/readout.js';
import type { OptionShape } from '../recipe/slot.js';
import { graphOptions, graphSettings, type GraphOptions } from './graph-options.js';
import { kernelFeatures, preparedLatents, prepareLatents, type SeenLatents } from './seen-latents.js';
import { voteByGraph, type GraphState } from './vote-by-graph.js';

/** Options of {@link graphReadout}. */
export interface GraphReadoutOptions {
  /** Schemas of the options, with a method's defaults. @defaultValue {@link graphOptions} */
  readonly options?: OptionShape;
  /** Whether latents are rows of unit length already, as kernels want them. @defaultValue false */
  readonly prepared?: boolean;
}

/** Schema of {@link GraphState}. */
export const graphState: z.ZodType<GraphState> = z
  .object({ latents: preparedLatents, medians: z.array(z.number().min(0)) })
  .refine(({ latents, medians }) => latents.length === medians.length, { message: 'one median per latent' });

/**
 * Clusters latents by the mean of several graphs of their exact self-expression, a heat-weighted spectral embedding and k-means; new samples
 * are assigned by the votes of the training samples that represent them best.
 *
 * @example
 * ```ts
 * const readout = graphReadout();
 * console.log(readout.name); // graphs
 * ```
 */
export function graphReadout({
  options: shape = graphOptions,
  prepared = false,
}: GraphReadoutOptions = {}): Readout<SeenLatents, GraphState, GraphOptions> {
  return {
    name: 'graphs',
    options: shape,
    schema: graphState,
    async fit({ latents }, { options, clusters, random, signal, pause }) {
      const ready = prepared ? latents : prepareLatents(latents);
      const { route, ...settings } = graphSettings(options, ready[0]!.features.rows);
      const build = route === 'dense' ? buildAffinity : buildSparseAffinity;
      const { affinity, medians } = await build(kernelFeatures(ready), {
        ...settings,
        pause: (step, steps) => pause('affinity', step, steps),
      });
      await pause('assign', 0, 1);
      const { extraEigenvectors, bandwidth, restarts } = options;
      const { labels, embedding } = spectralClustering(affinity, {
        clusters,
        random: random.fork('spectral'),
        extraEigenvectors,
        bandwidth,
        restarts,
        ...(signal ? { signal } : {}),
      });
      await pause('assign', 1, 1);
      return { labels, embedding, affinity, state: { latents: ready, medians }, dependsOnOthers: true };
    },
    predict: ({ latents }, { state, options, ...fitted }) =>
      voteByGraph(latents, state, graphSettings(options, fitted.labels.length), fitted),
    fits: ({ latents }, { n }) => latents.every(({ features }) => features.rows === n),
  };
}
