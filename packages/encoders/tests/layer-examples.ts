import { randomSource } from '@crossmodal/core';
import {
  activation,
  averagePooling,
  batchNorm,
  conv2d,
  conv2dTranspose,
  convolutionalDecoder,
  convolutionalEncoder,
  dense,
  flatten,
  mlp,
  sequential,
  type Layer,
} from '../src/index.js';

const random = () => randomSource(5);
const convolutions = [
  { filters: 2, kernelSize: 4, strides: 2, activation: 'leakyRelu', batchNorm: true },
  { filters: 3, kernelSize: 3, strides: 1, activation: 'relu' },
] as const;

/** One of every kind of layer, small. */
export const layerExamples: Readonly<Record<string, () => Layer>> = {
  dense: () => dense({ inputSize: 4, units: 3, random: random() }),
  conv2d: () => conv2d({ inputShape: [5, 4, 2], filters: 3, kernelSize: 3, strides: 2, random: random() }),
  'conv2d, valid': () =>
    conv2d({
      inputShape: [5, 4, 2],
      filters: 3,
      kernelSize: 3,
      padding: 'valid',
      bias: false,
      random: random(),
    }),
  conv2dTranspose: () =>
    conv2dTranspose({
      inputShape: [3, 2, 3],
      outputSize: [5, 4],
      filters: 2,
      kernelSize: 3,
      strides: 2,
      random: random(),
    }),
  batchNorm: () => batchNorm({ inputShape: [3, 2] }),
  averagePooling: () => averagePooling({ inputShape: [5, 4, 2] }),
  'averagePooling, valid': () =>
    averagePooling({ inputShape: [5, 4, 2], poolSize: 3, strides: 1, padding: 'valid' }),
  flatten: () => flatten([2, 3, 1]),
  'activation tanh': () => activation('tanh', [6]),
  identity: () => sequential([3], []),
  sequential: () =>
    sequential(
      [4],
      [
        dense({ inputSize: 4, units: 6, random: random() }),
        batchNorm({ inputShape: [6] }),
        activation('sigmoid', [6]),
      ],
    ),
};

/** Networks with kinks, which finite differences do not see through, of the layers above. */
export const networkExamples: Readonly<Record<string, () => Layer>> = {
  relu: () => activation('relu', [5]),
  leakyRelu: () => activation('leakyRelu', [5]),
  mlp: () =>
    mlp({
      inputSize: 5,
      layers: [
        { units: 4, batchNorm: 'afterActivation' },
        { units: 3, activation: 'sigmoid', batchNorm: true },
      ],
      random: random(),
    }),
  convolutionalEncoder: () =>
    convolutionalEncoder({ inputShape: [7, 6, 2], layers: convolutions, random: random() }),
  convolutionalDecoder: () =>
    convolutionalDecoder({ inputShape: [7, 6, 2], layers: convolutions, random: random() }),
};
