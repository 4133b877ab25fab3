import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { GraphBuilder } from './graph-builder.js';
import { prune } from './prune.js';
import { inversePermutation, permuteShape } from './shapes.js';
import type { GraphValue } from './types.js';

/** Operations that the result really needs. */
function operations(graph: GraphBuilder, result: GraphValue): string[] {
  return prune(graph.nodes, [result]).nodes.map((node) => node.op);
}

const permutations = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 });

property.prop([permutations])(
  'a transpose and its inverse cancel, also across operations by element',
  (permutation) => {
    const graph = new GraphBuilder();
    const x = graph.input([2, 3, 4, 5], 'float32');
    const there = graph.transpose(x, permutation);
    expect(there.shape).toEqual(permuteShape(x.shape, permutation));
    const active = graph.elementwise('Relu', [there]);
    const scaled = graph.elementwise('Mul', [active, graph.scalar(2)]);
    const back = graph.transpose(scaled, inversePermutation(permutation));
    expect(back.shape).toEqual(x.shape);
    expect(operations(graph, back)).toEqual(['Relu', 'Mul']);
  },
);

property.prop([permutations, permutations])('two transposes are one', (first, second) => {
  const graph = new GraphBuilder();
  const x = graph.input([2, 3, 4, 5], 'float32');
  const result = graph.transpose(graph.transpose(x, first), second);
  expect(result.shape).toEqual(permuteShape(permuteShape(x.shape, first), second));
  expect(operations(graph, result).length).toBeLessThanOrEqual(1);
});

describe('on the way in', () => {
  test('equal nodes become one', () => {
    const graph = new GraphBuilder();
    const x = graph.input([3], 'float32');
    expect(graph.elementwise('Exp', [x])).toBe(graph.elementwise('Exp', [x]));
    expect(graph.elementwise('Exp', [x])).not.toBe(graph.elementwise('Log', [x]));
  });

  test('a transpose that moves only axes of extent one is a reshape', () => {
    const graph = new GraphBuilder();
    const x = graph.input([7, 1, 5, 5], 'float32');
    expect(operations(graph, graph.transpose(x, [0, 2, 3, 1]))).toEqual(['Reshape']);
  });

  test('the consumer broadcasts', () => {
    const graph = new GraphBuilder();
    const x = graph.input([4, 5], 'float32');
    const row = graph.input([1, 5], 'float32');
    const sum = graph.elementwise('Add', [x, graph.broadcast(row, [4, 5])]);
    expect(operations(graph, sum)).toEqual(['Add']);
    const alone = graph.elementwise('Exp', [graph.broadcast(row, [4, 5])]);
    expect(alone.shape).toEqual([4, 5]);
  });

  test('an operation on broadcasts alone is computed before them', () => {
    const graph = new GraphBuilder();
    const row = graph.broadcast(graph.input([5], 'float32'), [4, 5]);
    const share = graph.elementwise('Div', [
      row,
      graph.constant(new Float32Array(20).fill(4), [4, 5], 'float32'),
    ]);
    expect(share.shape).toEqual([4, 5]);
    expect(operations(graph, share)).toEqual(['Div', 'Expand']);
    expect(share.node?.inputs[0]?.shape).toEqual([5]);
  });

  test('the consumer broadcasts behind a reshape too, where the runs are long', () => {
    const graph = new GraphBuilder();
    for (const [columns, operation] of [
      [28, 'Mul'],
      [4, 'Expand'],
    ] as const) {
      const lines = graph.broadcast(graph.input([6, 1, columns], 'float32'), [6, 5, columns]);
      const image = graph.reshape(lines, [2, 3, 5, columns]);
      const mask = graph.input([2, 3, 5, columns], 'float32');
      const masked = graph.elementwise('Mul', [graph.elementwise('Mul', [image, graph.scalar(2)]), mask]);
      expect(masked.shape).toEqual(image.shape);
      expect(operations(graph, masked).filter((op) => op !== 'Reshape')).toContain(operation);
      expect(operations(graph, masked).includes('Expand')).toBe(operation === 'Expand');
    }
  });

  test('axes of extent one are reduced with the others', () => {
    const graph = new GraphBuilder();
    const x = graph.input([4, 5, 1], 'float32');
    const sum = graph.reduce('ReduceSum', x, [0, 1], false);
    expect(sum.shape).toEqual([1]);
    expect(graph.nodes[0]!.inputs[1]?.constant).toEqual(BigInt64Array.of(0n, 1n, 2n));
  });

  test('a reduction of a transposed value is a reduction of the value', () => {
    const graph = new GraphBuilder();
    const x = graph.input([2, 3, 4, 5], 'float32');
    const channels = graph.reduce('ReduceSum', graph.transpose(x, [0, 2, 3, 1]), [0, 1, 2], false);
    expect(channels.shape).toEqual([3]);
    expect(operations(graph, channels)).not.toContain('Transpose');
  });

  test('a uniform constant is its number', () => {
    const graph = new GraphBuilder();
    const x = graph.input([4, 5], 'float32');
    const twos = graph.constant(new Float32Array(20).fill(2), [4, 5], 'float32');
    const product = graph.elementwise('Mul', [x, twos]);
    expect(product.node?.inputs[1]?.shape).toEqual([]);
  });
});
