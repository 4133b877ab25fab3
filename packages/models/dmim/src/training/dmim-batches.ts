import type { DenseMatrix, RandomSource, SampleArray } from '@crossmodal/core';
import { flattenTensors, seededNormal, takeRows, tf, type TensorsOf } from '@crossmodal/tensors';
import { minibatches, withPartners, type BatchSource } from '@crossmodal/training';
import type { DmimNetwork } from '../network/dmim-network.js';
import type { DmimSamples } from '../types.js';
import type { DmimNoise } from './dmim-state.js';

/** What a step is given. */
export interface DmimBatch {
  /** One per modality of the network. */
  readonly modalities: readonly (TensorsOf<Rows> & { readonly noise: DmimNoise })[];
}

interface Rows {
  readonly x: SampleArray;
  readonly mask: SampleArray | undefined;
  readonly target: SampleArray | undefined;
}

/** What {@link dmimBatches} takes. */
export interface DmimBatchOptions {
  readonly samples: readonly DmimSamples[];
  readonly network: Pick<DmimNetwork, 'codeSize'>;
  /** Decide which noise a step needs. */
  readonly options: NoiseOptions;
  /** Objects per step. */
  readonly batchSize: number;
  /** Another stream, other batches. */
  readonly random: RandomSource;
  /** Draws a partner; without it every object is its own. */
  readonly partnerOf?: ((row: number, step: number, random: RandomSource) => number) | undefined;
  /** Targets of the clustering head for each modality, shape `[n, k]`. */
  readonly targets?: readonly DenseMatrix<Float32Array>[] | undefined;
}

/** Options that decide which noise a step needs. */
export interface NoiseOptions {
  readonly codes: 'features' | 'samples';
  readonly superfluous: 'gaussian' | 'categorical' | 'none';
}

/** Batches of objects, followed by their partners where these are drawn. */
export function dmimBatches({
  samples,
  network,
  options,
  batchSize,
  random,
  partnerOf,
  targets,
}: DmimBatchOptions): BatchSource<DmimBatch> {
  const data = samples.map(({ x, present }, v): Rows => {
    const target = targets?.[v];
    return {
      x,
      mask: present && { shape: [present.length, 1], values: Float32Array.from(present) },
      target: target && { shape: [target.rows, target.columns], values: target.values },
    };
  });
  const source = minibatches({ data, batchSize, dropLast: true, random });
  return {
    batch(step) {
      const own = random.fork(`step ${step}`);
      const objects = source.rows(step);
      const rows =
        partnerOf === undefined ? objects : withPartners(objects, (row) => partnerOf(row, step, own));
      const modalities = takeRows(data, rows).map((taken) => ({
        ...taken,
        noise: drawnNoise(options, () => seededNormal([rows.length, network.codeSize], own) as tf.Tensor2D),
      }));
      const inputs = { modalities };
      return { inputs, dispose: () => tf.dispose(flattenTensors(inputs)) };
    },
  };
}

function drawnNoise({ codes, superfluous }: NoiseOptions, draw: () => tf.Tensor2D): DmimNoise {
  const categorical = superfluous === 'categorical';
  return {
    ...((categorical || codes === 'samples') && { code: draw() }),
    ...(categorical && { prior: draw() }),
  };
}
