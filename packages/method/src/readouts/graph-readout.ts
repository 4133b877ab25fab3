import { buildGraphs, buildSparseAffinity, type GraphRecipe } from '@crossmodal/self-expressive';
import * as z from 'zod';
import type { Readout } from '../recipe/readout.js';
import type { OptionShape } from '../recipe/slot.js';
import { consensusOfGraphs } from './consensus-of-graphs.js';
import { graphOptions, graphSettings, type GraphOptions } from './graph-options.js';
import { meanOfGraphs } from './mean-of-graphs.js';
import {
  areAllPlaces,
  kernelFeatures,
  preparedLatents,
  prepareLatents,
  type SeenLatents,
} from './seen-latents.js';
import { voteByGraph, type GraphState } from './vote-by-graph.js';

/** Options of {@link graphReadout}. */
export interface GraphReadoutOptions {
  /** Schemas of the options, with a method's defaults. @defaultValue {@link graphOptions} */
  readonly options?: OptionShape;
  /** Whether latents are rows of unit length already, as kernels want them. @defaultValue false */
  readonly prepared?: boolean;
}

/** One graph of a consensus. */
export interface GraphSupport {
  /** How it is made. */
  readonly recipe: GraphRecipe;
  /** How far its partitions agree with those of the three graphs that agree most: a mean adjusted Rand index, 0 or more. */
  readonly support: number;
  /** Its weight, in `[0, 1]`; all of them sum to 1. */
  readonly weight: number;
}

/** What a model that clusters by a consensus of graphs reports. */
export interface GraphReport {
  /** One entry per graph; left out where graphs count alike. */
  readonly support?: readonly GraphSupport[];
}

/** Schema of {@link GraphReport}. */
export const graphReport: z.ZodType<GraphReport> = z.object({
  support: z
    .array(
      z.object({
        recipe: z.custom<GraphRecipe>((recipe) => typeof recipe === 'object' && recipe !== null),
        support: z.number().min(0).max(1),
        weight: z.number().min(0).max(1),
      }),
    )
    .readonly()
    .exactOptional(),
});

/** Schema of {@link GraphState}. */
export const graphState: z.ZodType<GraphState> = z
  .object({
    latents: preparedLatents,
    medians: z.array(z.number().min(0)),
    weights: z.array(z.number().min(0)).exactOptional(),
  })
  .refine(({ latents, medians }) => latents.length === medians.length, { message: 'one median per latent' });

/** The mean of graphs on the sparse route, as the one graph that there is. */
async function sparseMean(...given: Parameters<typeof buildSparseAffinity>) {
  const { affinity, medians } = await buildSparseAffinity(...given);
  return { graphs: [affinity], medians };
}

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
}: GraphReadoutOptions = {}): Readout<SeenLatents, GraphState, GraphOptions> {
  return {
    name: 'graphs',
    options: shape,
    schema: graphState,
    reportSchema: graphReport,
    unused: (['dense', 'sparse'] as const).map((route) => ({ when: { route }, options: ['memory'] })),
    async fit({ latents }, { options, clusters, random, signal, pause }) {
      const ready = prepared ? latents : prepareLatents(latents);
      const { route, ...settings } = graphSettings(options, ready[0]!.features.rows, areAllPlaces(ready));
      const { graphs, medians } = await (route === 'dense' ? buildGraphs : sparseMean)(
        kernelFeatures(ready),
        {
          ...settings,
          pause: (step, steps) => pause('affinity', step, steps),
        },
      );
      const context = {
        options,
        clusters,
        random,
        signal,
        pause: (step: number, steps: number) => pause('assign', step, steps),
      };
      const state = { latents: ready, medians };
      if (options.graphs !== 'C5') {
        const found = await meanOfGraphs(graphs, context);
        return { ...found, state, dependsOnOthers: true };
      }
      const { support, weights, edgeWeights, ...found } = await consensusOfGraphs(graphs, context);
      const reported = settings.recipes.map((recipe, g): GraphSupport => ({
        recipe,
        support: support[g]!,
        weight: weights[g]!,
      }));
      return {
        ...found,
        state: { ...state, weights: edgeWeights },
        dependsOnOthers: true,
        report: { support: reported },
      };
    },
    predict: ({ latents }, { state, options, ...fitted }) =>
      voteByGraph(
        latents,
        state,
        graphSettings(options, fitted.labels.length, areAllPlaces(state.latents)),
        fitted,
      ),
    fits: ({ latents }, { n }) => latents.every(({ features }) => features.rows === n),
  };
}
