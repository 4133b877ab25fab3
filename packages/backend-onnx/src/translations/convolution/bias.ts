import type { GraphBuilder } from '../../graph/graph-builder.js';
import { sizeOf } from '../../graph/shapes.js';
import type { GraphValue } from '../../graph/types.js';
import { CHANNELS_LAST } from './layout.js';

/**
 * Lets a convolution add a bias itself, which saves a pass over its result; gives nothing where `sum` is not a
 * convolution plus one number a channel.
 */
export function withBias(graph: GraphBuilder, result: GraphValue, bias: GraphValue): GraphValue | undefined {
  const convolution = channelsFirst(result);
  const node = convolution?.node;
  if (convolution === undefined || node === undefined) return undefined;
  if ((node.op !== 'Conv' && node.op !== 'ConvTranspose') || node.inputs.length !== 2) return undefined;
  const channels = result.shape[3];
  const perChannel = bias.shape.at(-1) === channels && sizeOf(bias.shape) === channels;
  if (!perChannel || bias.dtype !== 'float32') return undefined;
  const inputs = [...node.inputs, graph.reshape(bias, [channels])];
  const shifted = graph.node(node.op, inputs, convolution.shape, 'float32', node.attributes);
  return graph.transpose(shifted, CHANNELS_LAST);
}

/** The convolution result under a value in TensorFlow.js's layout, if that is what it is. */
function channelsFirst(value: GraphValue): GraphValue | undefined {
  const node = value.node;
  const base = node?.inputs[0];
  if (base === undefined || value.shape.length !== 4) return undefined;
  if (node?.op === 'Transpose') {
    const permutation = node.attributes.perm as readonly number[];
    return permutation.every((axis, index) => axis === CHANNELS_LAST[index]) ? base : undefined;
  }
  // With one channel the change of layout is a change of shape.
  const [samples, height, width, channels] = value.shape;
  const flat = node?.op === 'Reshape' && channels === 1 && base.shape.length === 4;
  return flat && base.shape.join() === [samples, 1, height, width].join() ? base : undefined;
}
