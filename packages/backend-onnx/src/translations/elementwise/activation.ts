import { CrossmodalError } from '@crossmodal/core';
import type { GraphBuilder } from '../../graph/graph-builder.js';
import type { GraphValue } from '../../graph/types.js';
import { binary } from './binary.js';

/** How TensorFlow.js's fused kernels name the activation behind them. */
export interface ActivationAttributes {
  readonly activation?: string;
  readonly leakyreluAlpha?: number;
}

/** Applies the activation of a fused kernel. */
export function applyActivation(
  graph: GraphBuilder,
  x: GraphValue,
  { activation = 'linear', leakyreluAlpha = 0.2 }: ActivationAttributes,
  slopes?: GraphValue,
): GraphValue {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return graph.elementwise('Relu', [x]);
    case 'relu6':
      return graph.elementwise('Clip', [x, graph.scalar(0), graph.scalar(6)]);
    case 'elu':
      return graph.elementwise('Elu', [x], 'float32', { alpha: { float: 1 } });
    case 'sigmoid':
      return graph.elementwise('Sigmoid', [x]);
    case 'leakyrelu':
      return graph.elementwise('LeakyRelu', [x], 'float32', { alpha: { float: leakyreluAlpha } });
    case 'prelu':
      if (slopes !== undefined) {
        const negative = graph.elementwise('Min', [x, graph.scalar(0)]);
        return binary(graph, 'Add', graph.elementwise('Relu', [x]), binary(graph, 'Mul', slopes, negative));
      }
  }
  throw new CrossmodalError({
    code: 'unsupported',
    where: 'compile',
    expected: 'a fused kernel with a known activation',
    received: `activation ${activation}`,
  });
}
