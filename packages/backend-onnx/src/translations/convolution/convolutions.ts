import * as tf from '@tensorflow/tfjs';
import type { GraphValue } from '../../graph/types.js';
import { applyActivation, type ActivationAttributes } from '../elementwise/activation.js';
import { attributesOf } from '../attributes.js';
import { binary } from '../elementwise/binary.js';
import type { KernelCall, TranslationTable } from '../translation.js';
import {
  convolve,
  convolveTransposed,
  filterGradient,
  type ConvolutionGeometry,
  geometryOf,
} from './convolution-nodes.js';
import { CHANNELS_FIRST, CHANNELS_LAST } from './layout.js';
import { unfoldedFilterGradient } from './unfolded-filter-gradient.js';

interface ConvolutionAttributes extends ActivationAttributes {
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dilations?: [number, number] | number;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly inputShape?: [number, number, number, number];
  readonly filterShape?: [number, number, number, number];
}

/** Reads the geometry of a convolution kernel from its attributes. */
function geometry(
  call: KernelCall,
  inputShape: readonly number[],
  filterShape: readonly number[],
  depthwise = false,
): ConvolutionGeometry & { readonly swap: boolean } {
  const {
    strides,
    pad,
    dilations = 1,
    dataFormat = 'NHWC',
    dimRoundingMode,
  } = attributesOf<ConvolutionAttributes>(call);
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
    tf.backend_util.convertConv2DDataFormat(dataFormat),
  );
  return { ...geometryOf(info), swap: dataFormat === 'NHWC' };
}

/** Filters of TensorFlow.js, `[height, width, in, out]`, as ONNX wants them, `[out, in, height, width]`. */
const FILTER_TO_ONNX = [3, 2, 0, 1];

function forward(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { x, filter, bias, preluActivationWeights } = inputs;
  const shape = geometry(call, x!.shape, filter!.shape);
  const image = shape.swap ? graph.transpose(x!, CHANNELS_FIRST) : x;
  const channelsFirst = convolve(graph, image!, graph.transpose(filter!, FILTER_TO_ONNX), shape);
  const result = shape.swap ? graph.transpose(channelsFirst, CHANNELS_LAST) : channelsFirst;
  const shifted = bias === undefined ? result : binary(graph, 'Add', result, bias);
  return applyActivation(graph, shifted, attributesOf<ActivationAttributes>(call), preluActivationWeights);
}

function inputGradient(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { dy, filter } = inputs;
  const { inputShape = [0, 0, 0, 0] } = attributesOf<ConvolutionAttributes>(call);
  const shape = geometry(call, inputShape, filter!.shape);
  const gradient = shape.swap ? graph.transpose(dy!, CHANNELS_FIRST) : dy;
  const result = convolveTransposed(graph, gradient!, graph.transpose(filter!, FILTER_TO_ONNX), shape);
  return shape.swap ? graph.transpose(result, CHANNELS_LAST) : result;
}

function filterGradientKernel(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { x, dy } = inputs;
  const { filterShape = [0, 0, 0, 0] } = attributesOf<ConvolutionAttributes>(call);
  const shape = geometry(call, x!.shape, filterShape);
  const image = shape.swap ? graph.transpose(x!, CHANNELS_FIRST) : x;
  const gradient = shape.swap ? graph.transpose(dy!, CHANNELS_FIRST) : dy;
  const result =
    unfoldedFilterGradient(graph, image!, gradient!, shape) ??
    filterGradient(graph, image!, gradient!, shape);
  return graph.transpose(result, [2, 3, 1, 0]);
}

/** Depthwise filters, `[height, width, channels, multiplier]`, as grouped ones, `[channels * multiplier, 1, height, width]`. */
function groupedFilter(call: KernelCall, filter: GraphValue): GraphValue {
  const [height, width, channels, multiplier] = filter.shape;
  return call.graph.reshape(call.graph.transpose(filter, [2, 3, 0, 1]), [
    channels! * multiplier!,
    1,
    height!,
    width!,
  ]);
}

function depthwise(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { x, filter, bias, preluActivationWeights } = inputs;
  const shape = { ...geometry(call, x!.shape, filter!.shape, true), groups: filter!.shape[2]! };
  const image = graph.transpose(x!, CHANNELS_FIRST);
  const result = graph.transpose(convolve(graph, image, groupedFilter(call, filter!), shape), CHANNELS_LAST);
  const shifted = bias === undefined ? result : binary(graph, 'Add', result, bias);
  return applyActivation(graph, shifted, attributesOf<ActivationAttributes>(call), preluActivationWeights);
}

function depthwiseInputGradient(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { dy, filter } = inputs;
  const { inputShape = [0, 0, 0, 0] } = attributesOf<ConvolutionAttributes>(call);
  const shape = { ...geometry(call, inputShape, filter!.shape, true), groups: filter!.shape[2]! };
  const gradient = graph.transpose(dy!, CHANNELS_FIRST);
  return graph.transpose(
    convolveTransposed(graph, gradient, groupedFilter(call, filter!), shape),
    CHANNELS_LAST,
  );
}

function depthwiseFilterGradient(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { x, dy } = inputs;
  const { filterShape = [0, 0, 0, 0] } = attributesOf<ConvolutionAttributes>(call);
  const [height, width, channels, multiplier] = filterShape;
  const shape = { ...geometry(call, x!.shape, filterShape, true), groups: channels };
  const image = graph.transpose(x!, CHANNELS_FIRST);
  const gradient = graph.transpose(dy!, CHANNELS_FIRST);
  const result = filterGradient(graph, image, gradient, shape);
  return graph.transpose(graph.reshape(result, [channels, multiplier, height, width]), [2, 3, 0, 1]);
}

/** Convolutions and their gradients; a transposed convolution is the gradient by the input. */
export const convolutionTranslations: TranslationTable = {
  Conv2D: forward,
  FusedConv2D: forward,
  Conv2DBackpropInput: inputGradient,
  Conv2DBackpropFilter: filterGradientKernel,
  DepthwiseConv2dNative: depthwise,
  FusedDepthwiseConv2D: depthwise,
  DepthwiseConv2dNativeBackpropInput: depthwiseInputGradient,
  DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient,
};
