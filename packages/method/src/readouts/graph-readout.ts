import { buildGraphs, buildSparseGraphs } from '@crossmodal/self-expressive';
import * as z from 'zod';
import type { Readout } from '../recipe/readout.js';
import type { OptionShape } from '../recipe/slot.js';
import { clusterByConsensus, clusterByMean } from './cluster-graphs.js';
import { graphOptions, graphSettings, sparseSize, type GraphOptions } from './graph-options.js';
import { graphReport } from './graph-report.js';
import { planNote } from './plan-note.js';
import { kernelFeatures, preparedLatents, prepareLatents, type SeenLatents } from './seen-latents.js';
import { voteByGraph, type GraphState } from './vote-by-graph.js';

/** Options of {@link graphReadout}. */
export interface GraphReadoutOptions {
  /** Schemas of the options, with a method's defaults. @defaultValue {@link graphOptions} */
  readonly options?: OptionShape;
  /** Whether latents are rows of unit length already, as kernels want them. @defaultValue false */
  readonly prepared?: boolean;
  /**
   * Whether groups of a few samples that are far from all others may be clusters of their own, see {@link clusterWithIsolated}; graphs of several
   * neighbours per sample join them to others.
   *
   * @defaultValue false
   */
  readonly isolatedApart?: boolean;
}

/** Schema of {@link GraphState}. */
export const graphState: z.ZodType<GraphState> = z
  .object({
    latents: preparedLatents,
    medians: z.array(z.number().min(0)),
    weights: z.array(z.number().min(0)).exactOptional(),
  })
  .refine(({ latents, medians }) => latents.length === medians.length, { message: 'one median per latent' });

/**
 * Clusters latents by several graphs of their exact self-expression: a heat-weighted spectral embedding of their mean, or of their consensus, and
 * k-means; new samples are assigned by the votes of the training samples that represent them best. Where the rows of all latents are places, named sets of
 * graphs are those of neighbours, see {@link graphSettings}.
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
  isolatedApart = false,
}: GraphReadoutOptions = {}): Readout<SeenLatents, GraphState, GraphOptions> {
  return {
    name: 'graphs',
    options: shape,
    schema: graphState,
    reportSchema: graphReport,
    unused: (['dense', 'sparse', 'approximate'] as const).map((route) => ({
      when: { route },
      options: ['memory'],
    })),
    async fit({ latents }, { options, clusters, random, signal, pause }) {
      const ready = prepared ? latents : prepareLatents(latents);
      const { plan, ...settings } = graphSettings(options, ready);
      await pause('affinity', 0, 1, planNote(plan));
      const built = { ...settings, pause: (step: number, steps: number) => pause('affinity', step, steps) };
      const { graphs, medians, isolated } = await (plan.route === 'dense'
        ? buildGraphs(kernelFeatures(ready), built)
        : buildSparseGraphs(kernelFeatures(ready), {
            ...built,
            ...sparseSize({ plan, ...settings }),
            signal,
          }));
      const context = {
        options,
        clusters,
        random,
        signal,
        pause: (step: number, steps: number) => pause('assign', step, steps),
      };
      const clusterBy = options.graphs === 'C5' ? clusterByConsensus : clusterByMean;
      const { found, weights, report } = await clusterBy(
        { graphs, recipes: settings.recipes, isolated: isolatedApart ? isolated : [] },
        context,
      );
      const state = { latents: ready, medians, ...(weights === undefined ? {} : { weights }) };
      return { ...found, state, dependsOnOthers: true, report };
    },
    predict: ({ latents }, { state, options, ...fitted }) =>
      voteByGraph(latents, state, graphSettings(options, state.latents), fitted),
    fits: ({ latents }, { n }) => latents.every(({ features }) => features.rows === n),
  };
}
