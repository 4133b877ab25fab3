import { GraphBuilder } from '../../graph/graph-builder.js';
import { prune } from '../../graph/prune.js';
import type { GraphValue } from '../../graph/types.js';
import { binary } from '../elementwise/binary.js';
import { concatenate, pad, slice } from '../shapes.js';
import type { ConvolutionGeometry } from './convolution-nodes.js';

// The patches of one chunk of samples stay in the second-level cache of current processors.
const CHUNK_BYTES = 2 ** 20;
const FEWEST_CHUNKS = 4;

/**
 * The gradient of a convolution of stride 1 by its filters, `[o, c, kh, kw]`, as products of the result's gradient
 * with the unfolded images, a few samples at a time; gives nothing where that is no faster than a convolution.
 *
 * A convolution with samples and channels exchanged computes the same, but its inner products give as few columns as
 * the filter has elements, and it reads the result's gradient from memory once a channel.
 */
export function unfoldedFilterGradient(
  graph: GraphBuilder,
  image: GraphValue,
  gradient: GraphValue,
  geometry: ConvolutionGeometry,
): GraphValue | undefined {
  const { strides, dilations, kernel, output, groups = 1 } = geometry;
  if ([...strides, ...dilations].some((step) => step !== 1) || groups !== 1) return undefined;
  const [samples, channels] = image.shape;
  const filters = gradient.shape[1];
  const area = kernel[0] * kernel[1];
  const positions = output[0] * output[1];
  const chunk = chunkSize(
    samples!,
    Math.max(1, Math.floor(CHUNK_BYTES / (4 * area * channels! * positions))),
  );
  const count = Math.floor(samples! / chunk);
  if (area === 1 || count < FEWEST_CHUNKS) return undefined;
  const columns = area * channels!;
  // Rows and columns of the products: vectors go along the columns, so those come to fuller vectors that waste less.
  const flipped = fullness(filters!) > fullness(columns);
  const shape = flipped ? [columns, filters!] : [filters!, columns];
  const whole = count * chunk;
  const part = (value: GraphValue, from: number, size: number): GraphValue =>
    slice(graph, value, [from, 0, 0, 0], [size, ...value.shape.slice(1)]);
  const chunks = (value: GraphValue): GraphValue =>
    graph.reshape(part(value, 0, whole), [count, chunk, ...value.shape.slice(1)]);

  const body = new GraphBuilder('body_');
  const sum = body.input(shape, 'float32');
  const images = body.input([chunk, ...image.shape.slice(1)], 'float32');
  const gradients = body.input([chunk, ...gradient.shape.slice(1)], 'float32');
  const next = binary(body, 'Add', sum, chunkGradient(body, images, gradients, geometry, flipped));
  const { nodes, leaves } = prune(body.nodes, [next]);
  const initializers = body.constants.filter((value) => leaves.has(value));
  const loop = { nodes, inputs: [sum, images, gradients], outputs: [next], initializers };
  const zeros = graph.broadcast(graph.list([0], 'float32'), shape);
  const scanned = graph.node('Scan', [zeros, chunks(image), chunks(gradient)], shape, 'float32', {
    num_scan_inputs: 2,
    body: { body: loop },
  });
  const rest = samples! - whole;
  const total =
    rest === 0
      ? scanned
      : binary(
          graph,
          'Add',
          scanned,
          chunkGradient(graph, part(image, whole, rest), part(gradient, whole, rest), geometry, flipped),
        );
  return flipped
    ? graph.transpose(graph.reshape(total, [...kernel, channels!, filters!]), [3, 2, 0, 1])
    : graph.transpose(graph.reshape(total, [filters!, ...kernel, channels!]), [0, 3, 1, 2]);
}

/** The share of vectors of 16 floats that a row of a product fills. */
function fullness(columns: number): number {
  return columns / (16 * Math.ceil(columns / 16));
}

/** The largest size that divides the samples, if it is not much below the largest wanted: cutting off a rest copies all. */
function chunkSize(samples: number, largest: number): number {
  for (let size = largest; size > largest / 2; size--) if (samples % size === 0) return size;
  return largest;
}

/** The gradient `[o, kh * kw * c]` that some samples contribute, or its transpose. */
function chunkGradient(
  graph: GraphBuilder,
  image: GraphValue,
  gradient: GraphValue,
  geometry: ConvolutionGeometry,
  flipped: boolean,
): GraphValue {
  const [samples, filters, height, width] = gradient.shape;
  const positions = height! * width!;
  const patches = unfold(graph, image, geometry);
  const columns = patches.shape[1];
  const flat = graph.reshape(patches, [samples!, columns!, positions]);
  const rows = graph.reshape(gradient, [samples!, filters!, positions]);
  const factors = flipped ? [flat, rows] : [rows, flat];
  const transposed = { transA: 0, transB: 1 };
  const shape = flipped ? [samples!, columns!, filters!] : [samples!, filters!, columns!];
  const each = graph.node('FusedMatMul', factors, shape, 'float32', transposed, 'com.microsoft');
  return graph.reduce('ReduceSum', each, [0], false);
}

/**
 * What each element of the kernel sees, `[n, kh * kw * c, oh, ow]`: shifts along the rows of pixels first, which copies
 * row by row, then shifts of whole rows, which copies images in one piece.
 */
function unfold(
  graph: GraphBuilder,
  image: GraphValue,
  { input, output, kernel, before }: ConvolutionGeometry,
): GraphValue {
  const [samples, channels] = image.shape;
  const after = input.map((extent, axis) =>
    Math.max(0, output[axis]! - 1 + kernel[axis]! - extent - before[axis]!),
  );
  const padded = pad(graph, image, [[0, 0], [0, 0], ...before.map((width, axis) => [width, after[axis]!])]);
  const height = padded.shape[2];
  const shifts = (value: GraphValue, axis: number, shape: readonly number[]): GraphValue =>
    concatenate(
      graph,
      Array.from({ length: kernel[axis - 2]! }, (_, shift) =>
        slice(graph, value, [0, 0, 0, 0].with(axis, shift), shape),
      ),
      1,
    );
  const along = shifts(padded, 3, [samples!, channels!, height!, output[1]]);
  return shifts(along, 2, [samples!, kernel[1] * channels!, ...output]);
}
