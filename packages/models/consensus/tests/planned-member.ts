import {
  denseMatrix,
  type CsrMatrix,
  type DivergedError,
  type FitOptions,
  type Paired,
  type RandomSource,
} from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/datasets';
import type { FittedMember, MemberMethod } from '../src/index.js';

/** What a planned member does. */
export interface Plan {
  /** Clusters of samples; of new ones too. */
  readonly label: (data: Paired, options: { readonly seed: number; readonly clusters: number }) => Int32Array;
  readonly graph?: (data: Paired) => CsrMatrix;
  /** Throws in place of a fit. */
  readonly failure?: () => Error;
  /** Hears fits and disposals. */
  readonly heard?: (event: string, fit?: FitOptions) => void;
}

/** A member that clusters as planned; its saved model is its seed and clusters. */
export function plannedMember(plan: Plan): MemberMethod {
  const fitted = (
    seed: number,
    clusters: number,
    labels: Int32Array,
    affinity?: CsrMatrix,
  ): FittedMember => ({
    method: 'planned',
    labels,
    embedding: denseMatrix(Float64Array.from(labels), labels.length, 1),
    ...(affinity && { affinity }),
    history: [],
    seconds: { fit: 0, affinity: 0, assign: 0 },
    options: {},
    predict: (data) => Promise.resolve(plan.label(data, { seed, clusters })),
    save: () => Promise.resolve(),
    toBytes: () => Promise.resolve(new TextEncoder().encode(`${seed} ${clusters}`)),
    dispose: () => plan.heard?.('dispose'),
  });
  return {
    create: () => ({
      method: 'planned',
      fit(data, options) {
        plan.heard?.('fit', options);
        options.onProgress?.({ phase: 'train', step: 1, steps: 2, losses: { total: 3 } });
        if (plan.failure !== undefined) return Promise.reject(plan.failure());
        const { seed = 0, clusters } = options;
        return Promise.resolve(
          fitted(seed, clusters, plan.label(data, { seed, clusters }), plan.graph?.(data)),
        );
      },
    }),
    load(bytes) {
      const [seed, clusters] = new TextDecoder().decode(bytes).split(' ').map(Number);
      plan.heard?.('load');
      return Promise.resolve(fitted(seed!, clusters!, new Int32Array(0)));
    },
  };
}

/** Samples whose first feature of the first modality is their number. */
export function numbered(n: number, random: RandomSource, first = 0): Paired {
  const { data } = gaussianBlobs({
    n,
    clusters: 2,
    modalities: [{ dimension: 2 }, { dimension: 3 }],
    random,
  });
  const [one, two] = data.modalities;
  const values = one!.features.values.slice();
  for (let i = 0; i < n; i++) values[2 * i] = first + i;
  return { ...data, modalities: [{ ...one!, features: { ...one!.features, values } }, two!] };
}

/** The numbers of samples, mapped. */
export function byNumber(label: (number: number) => number): Plan['label'] {
  return ({ modalities: [one], n }) =>
    Int32Array.from({ length: n }, (_, i) => label(one!.features.values[i * one!.features.columns]!));
}

/** What a divergence of a planned member offers. */
export type Recover = DivergedError<Paired>['recover'];
