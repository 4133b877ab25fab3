import * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import { sizeOf } from '../../graph/shapes.js';
import type { GraphValue } from '../../graph/types.js';
import { attributesOf } from '../attributes.js';
import { product } from '../products.js';
import type { KernelCall, TranslationTable } from '../translation.js';
import {
  convolveTransposed,
  type ConvolutionGeometry,
  geometryOf,
  windowAttributes,
} from './convolution-nodes.js';
import { CHANNELS_FIRST, CHANNELS_LAST } from './layout.js';

interface PoolingAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

function geometry(call: KernelCall, shape: readonly number[]): ConvolutionGeometry {
  const { filterSize, strides, pad, dimRoundingMode } = attributesOf<PoolingAttributes>(call);
  const size = shape as [number, number, number, number];
  return geometryOf(tf.backend_util.computePool2DInfo(size, filterSize, strides, 1, pad, dimRoundingMode));
}

function averagePool(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const shape = geometry(call, inputs.x!.shape);
  const image = graph.transpose(inputs.x!, CHANNELS_FIRST);
  const { dilations: _, ...attributes } = windowAttributes(shape);
  const size = [...image.shape.slice(0, 2), ...shape.output];
  return graph.transpose(graph.node('AveragePool', [image], size, 'float32', attributes), CHANNELS_LAST);
}

function maxima(graph: GraphBuilder, image: GraphValue, shape: ConvolutionGeometry): readonly GraphValue[] {
  const size = [...image.shape.slice(0, 2), ...shape.output];
  const outputs = [
    { shape: size, dtype: 'float32' },
    { shape: size, dtype: 'int64' },
  ] as const;
  return graph.nodeOutputs('MaxPool', [image], outputs, windowAttributes(shape));
}

function maxPool(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const image = graph.transpose(inputs.x!, CHANNELS_FIRST);
  const [values] = maxima(graph, image, geometry(call, inputs.x!.shape));
  return graph.transpose(values!, CHANNELS_LAST);
}

/** Each window's gradient goes to the position of its (first) maximum. */
function maxPoolGradient(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const image = graph.transpose(inputs.input!, CHANNELS_FIRST);
  const [, positions] = maxima(graph, image, geometry(call, inputs.input!.shape));
  const gradient = graph.transpose(inputs.dy!, CHANNELS_FIRST);
  const size = sizeOf(image.shape);
  const zeros = graph.broadcast(graph.list([0], 'float32'), [size]);
  const count = [sizeOf(gradient.shape)];
  const flat = [graph.reshape(positions!, count), graph.reshape(gradient, count)];
  const sum = graph.node('ScatterElements', [zeros, ...flat], [size], 'float32', {
    axis: 0,
    reduction: 'add',
  });
  return graph.transpose(graph.reshape(sum, image.shape), CHANNELS_LAST);
}

/** Each window's gradient, divided by the window's full size as TensorFlow.js does at borders too, goes to all of it. */
function averagePoolGradient(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const shape = geometry(call, inputs.input!.shape);
  const gradient = graph.transpose(inputs.dy!, CHANNELS_FIRST);
  const [samples, channels] = gradient.shape;
  if (tiles(shape)) return graph.transpose(repeated(graph, gradient, shape), CHANNELS_LAST);
  const single = graph.reshape(gradient, [samples! * channels!, 1, ...shape.output]);
  const [height, width] = shape.kernel;
  const weight = 1 / (height * width);
  const window = graph.list(new Array<number>(height * width).fill(weight), 'float32', [1, 1, height, width]);
  const spread = convolveTransposed(graph, single, window, shape);
  return graph.transpose(graph.reshape(spread, [samples!, channels!, ...shape.input]), CHANNELS_LAST);
}

/** Whether the windows cover the image side by side. */
function tiles({ input, output, kernel, strides }: ConvolutionGeometry): boolean {
  return kernel.every((extent, axis) => extent === strides[axis] && output[axis]! * extent === input[axis]);
}

/**
 * Each element of a gradient `[n, c, oh, ow]` on all of its window, divided by the window's size. A product with a row
 * repeats it along the columns; the rows are left to the operation that consumes them.
 */
function repeated(
  graph: GraphBuilder,
  gradient: GraphValue,
  { input, kernel }: ConvolutionGeometry,
): GraphValue {
  const [samples, channels, rows] = gradient.shape;
  const [height, width] = kernel;
  const share = graph.list(new Array<number>(width).fill(1 / (height * width)), 'float32', [1, width]);
  const wide = product(graph, graph.reshape(gradient, [sizeOf(gradient.shape), 1]), share);
  const lines = graph.reshape(wide, [samples! * channels! * rows!, 1, input[1]]);
  const all = graph.broadcast(lines, [samples! * channels! * rows!, height, input[1]]);
  return graph.reshape(all, [samples!, channels!, ...input]);
}

/** Poolings and their gradients. */
export const poolingTranslations: TranslationTable = {
  AvgPool: averagePool,
  MaxPool: maxPool,
  AvgPoolGrad: averagePoolGradient,
  MaxPoolGrad: maxPoolGradient,
};
