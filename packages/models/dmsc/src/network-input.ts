import { CrossmodalError, type DenseMatrix, type Modality, type Paired } from '@crossmodal/core';
import { fitMinMax, fitSqc, type FittedTransform } from '@crossmodal/data';
import type { SampleArray } from '@crossmodal/training';

/** How one modality enters the network. */
export interface NetworkInput {
  readonly name: string;
  /** One sample: `[height, width, channels]` or `[d]`. */
  readonly shape: readonly number[];
  readonly transform: FittedTransform;
  /** Factor after the transform. */
  readonly factor: number;
}

/** What a preset wants to see: `unit` images in [0, 1] and vectors of unit variance, or `pixels` in 0..255. */
export type InputScale = 'unit' | 'pixels';

/** Decides, from the rows that are present, how a modality is scaled. */
export function fitNetworkInput(modality: Modality, scale: InputScale): NetworkInput {
  const { name, features, present } = modality;
  if (scale === 'pixels' || modality.kind === 'images') {
    const transform = fitMinMax(features, { present });
    return { name, shape: shapeOf(modality), transform, factor: scale === 'pixels' ? 255 : 1 };
  }
  // Rows of unit length have entries of about d^(-1/2).
  const factor = Math.sqrt(features.columns);
  return { name, shape: shapeOf(modality), transform: fitSqc(features, { present }), factor };
}

/** Scaled samples `[n, ...shape]`; absent rows are zero. */
export function networkSamples(
  { transform, factor, shape }: NetworkInput,
  features: DenseMatrix,
  present?: Uint8Array,
): SampleArray {
  const values = Float32Array.from(transform.apply(features, present).values);
  if (factor !== 1) for (let p = 0; p < values.length; p++) values[p]! *= factor;
  return { shape: [features.rows, ...shape], values };
}

/**
 * Puts modalities of new samples in the order of the fitted ones.
 *
 * @throws CrossmodalError `shape` when names or shapes differ.
 */
export function matchInputs(inputs: readonly NetworkInput[], data: Paired): readonly Modality[] {
  const describe = (name: string, shape: readonly number[]) => `'${name}' [n, ${shape.join(', ')}]`;
  const refuse = () => {
    throw new CrossmodalError({
      code: 'shape',
      where: 'dmsc predict',
      expected: `the modalities ${inputs.map(({ name, shape }) => describe(name, shape)).join(', ')}, as in the fit`,
      received: data.modalities.map((given) => describe(given.name, shapeOf(given))).join(', '),
      advice: 'Mark rows as absent where a new sample lacks a modality.',
    });
  };
  if (data.modalities.length !== inputs.length) refuse();
  return inputs.map(({ name, shape }) => {
    const match = data.modalities.find((modality) => modality.name === name);
    if (match === undefined || shapeOf(match).join() !== shape.join()) return refuse() as never;
    return match;
  });
}

function shapeOf(modality: Modality): readonly number[] {
  if (modality.kind === 'vectors') return [modality.features.columns];
  return [modality.height, modality.width, modality.channels];
}
