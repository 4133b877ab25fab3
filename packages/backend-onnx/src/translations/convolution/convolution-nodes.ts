import type * as tf from '@tensorflow/tfjs';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { GraphValue } from '../../graph/types.js';
import { slice } from '../shapes.js';

/** Extents of a two-dimensional convolution, rows before columns. */
export interface ConvolutionGeometry {
  readonly input: readonly [number, number];
  readonly output: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  /** Padding before and after the rows, before and after the columns. */
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
  /** Images and filters fall into this many independent groups of channels; 1 by default. */
  readonly groups?: number;
}

/** The geometry in TensorFlow.js's description of a convolution or pooling. */
export function geometryOf(info: tf.backend_util.Conv2DInfo): ConvolutionGeometry {
  return {
    input: [info.inHeight, info.inWidth],
    output: [info.outHeight, info.outWidth],
    kernel: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    before: [info.padInfo.top, info.padInfo.left],
    after: [info.padInfo.bottom, info.padInfo.right],
  };
}

/** The attributes that ONNX's convolutions and poolings share. */
export function windowAttributes(geometry: ConvolutionGeometry) {
  return {
    kernel_shape: geometry.kernel,
    strides: geometry.strides,
    pads: [...geometry.before, ...geometry.after],
    dilations: geometry.dilations,
  };
}

/** Convolves images `[n, c, h, w]` with filters `[o, c / groups, kh, kw]`. */
export function convolve(
  graph: GraphBuilder,
  image: GraphValue,
  filter: GraphValue,
  geometry: ConvolutionGeometry,
): GraphValue {
  const shape = [image.shape[0]!, filter.shape[0]!, ...geometry.output];
  const attributes = { ...windowAttributes(geometry), group: geometry.groups! ?? 1 };
  return graph.node('Conv', [image, filter], shape, 'float32', attributes);
}

/** The gradient of {@link convolve} by its images, from that of its result `[n, o, oh, ow]`. */
export function convolveTransposed(
  graph: GraphBuilder,
  gradient: GraphValue,
  filter: GraphValue,
  geometry: ConvolutionGeometry,
): GraphValue {
  const { input, output, kernel, strides, dilations, before, after, groups = 1 } = geometry;
  // Rows and columns that no window reached, because the stride does not divide the extent.
  const rest = input.map((extent, axis) => {
    const reached = (output[axis]! - 1) * strides[axis]! + (kernel[axis]! - 1) * dilations[axis]! + 1;
    return extent - (reached - before[axis]! - after[axis]!);
  });
  const shape = [gradient.shape[0]!, filter.shape[1]! * groups, ...input];
  const attributes = { ...windowAttributes(geometry), output_padding: rest, group: groups };
  return graph.node('ConvTranspose', [gradient, filter], shape, 'float32', attributes);
}

/**
 * The gradient of {@link convolve} by its filters, from its images `[n, c, h, w]` and the gradient of its result
 * `[n, o, oh, ow]`: a convolution in which samples and channels change places, and strides and dilations too.
 * Without groups the result is `[o, c, kh, kw]`.
 */
export function filterGradient(
  graph: GraphBuilder,
  image: GraphValue,
  gradient: GraphValue,
  geometry: ConvolutionGeometry,
): GraphValue {
  const { input, output, kernel, strides, dilations, before, groups = 1 } = geometry;
  const [samples, channels] = image.shape;
  const filters = gradient.shape[1];
  // Padding that makes the result exactly as large as the kernel; where even none is too much, the rest is cut off.
  const after = input.map(
    (extent, axis) =>
      (kernel[axis]! - 1) * dilations[axis]! +
      (output[axis]! - 1) * strides[axis]! +
      1 -
      extent -
      before[axis]!,
  );
  const padded = after.map((width) => Math.max(0, width));
  const result = kernel.map((extent, axis) => {
    const span = input[axis]! + before[axis]! + padded[axis]! - ((output[axis]! - 1) * strides[axis]! + 1);
    return Math.max(extent, Math.floor(span / dilations[axis]!) + 1);
  });
  const swapped = graph.transpose(image, [1, 0, 2, 3]);
  const data = groups === 1 ? swapped : graph.reshape(swapped, [1, channels! * samples!, ...input]);
  const weights = graph.transpose(gradient, [1, 0, 2, 3]);
  const full = graph.node('Conv', [data, weights], [data.shape[0]!, filters!, ...result], 'float32', {
    kernel_shape: output,
    strides: dilations,
    dilations: strides,
    pads: [...before, ...padded],
    group: groups,
  });
  const exact = slice(graph, full, [0, 0, 0, 0], [data.shape[0]!, filters!, ...kernel]);
  return groups === 1 ? graph.transpose(exact, [1, 0, 2, 3]) : exact;
}
