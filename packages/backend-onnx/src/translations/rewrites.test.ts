import { describe, expect, test } from 'vitest';
import { GraphBuilder } from '../graph/graph-builder.js';
import { prune } from '../graph/prune.js';
import type { GraphValue } from '../graph/types.js';
import { binary } from './elementwise/binary.js';
import { product } from './products.js';
import { pad } from './shapes.js';

function operations(graph: GraphBuilder, result: GraphValue): string[] {
  return prune(graph.nodes, [result]).nodes.map((node) => node.op);
}

describe('a sum', () => {
  test('of neighbours in zeros is their concatenation, in either order', () => {
    const graph = new GraphBuilder();
    const left = graph.input([4, 2], 'float32');
    const right = graph.input([4, 3], 'float32');
    const [a, b] = [pad(graph, left, [[0, 0], [0, 3]]), pad(graph, right, [[0, 0], [2, 0]])]; // prettier-ignore
    for (const sum of [binary(graph, 'Add', a, b), binary(graph, 'Add', b, a)]) {
      expect(sum.shape).toEqual([4, 5]);
      expect(operations(graph, sum)).toEqual(['Concat']);
      expect(sum.node?.inputs).toEqual([left, right]);
    }
  });

  test('of padded values that overlap, leave a gap or lie on other axes stays a sum', () => {
    const graph = new GraphBuilder();
    const x = graph.input([4, 2], 'float32');
    const right = pad(graph, x, [[0, 0], [0, 2]]); // prettier-ignore
    const middle = pad(graph, x, [[0, 0], [1, 1]]); // prettier-ignore
    const ones = pad(graph, x, [[0, 0], [2, 0]], 'constant', 1); // prettier-ignore
    const gap = pad(graph, graph.input([4, 1], 'float32'), [[0, 0], [3, 0]]); // prettier-ignore
    const rows = pad(graph, graph.input([2, 4], 'float32'), [[2, 0], [0, 0]]); // prettier-ignore
    for (const other of [middle, right, ones, gap, rows]) {
      expect(operations(graph, binary(graph, 'Add', right, other))).toContain('Add');
    }
  });

  test('with a negative is a difference, and the other way round', () => {
    const graph = new GraphBuilder();
    const [x, y] = [graph.input([3], 'float32'), graph.input([3], 'float32')];
    const negative = graph.elementwise('Neg', [y]);
    expect(operations(graph, binary(graph, 'Add', x, negative))).toEqual(['Sub']);
    expect(operations(graph, binary(graph, 'Add', negative, x))).toEqual(['Sub']);
    expect(operations(graph, binary(graph, 'Sub', x, negative))).toEqual(['Add']);
  });

  test('with a matrix product is of the kind that ONNX Runtime fuses', () => {
    const graph = new GraphBuilder();
    const x = graph.input([3, 3], 'float32');
    expect(operations(graph, binary(graph, 'Add', product(graph, x, x), x))).toEqual(['Gemm', 'Sum']);
  });
});
