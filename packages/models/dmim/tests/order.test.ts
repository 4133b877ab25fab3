import { paired, randomSource, selectRows } from '@crossmodal/core';
import { useBackend } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { createDmim, type DmimOptions } from '../src/index.js';
import { plantedVectors } from './planted.js';

beforeAll(() => useBackend('onnx', { threads: 1 }));

test.each<[string, DmimOptions]>([
  ['default', { overclusteringSteps: 6, restarts: 1, steps: 4, units: 16, refreshEvery: 2 }],
  ['paper', { preset: 'paper', steps: 4, learningRate: 1e-2, refreshEvery: 2, batchSize: 20 }],
])(
  '%s: permuting the rows, absent ones too, permutes the outcome and changes nothing else',
  async (_, options) => {
    const n = 36;
    const { data } = plantedVectors(n, 3, 4);
    const [bars, points] = data.modalities;
    const present = Uint8Array.from({ length: n }, (_value, i) => (i % 7 === 0 ? 0 : 1));
    const given = paired([{ ...bars!, present }, points!]);
    const order = randomSource(8).permutation(n);
    const one = await createDmim(options).fit(given, { clusters: 3, seed: 5 });
    const two = await createDmim(options).fit(selectRows(given, order), { clusters: 3, seed: 5 });
    expect([...two.labels]).toEqual([...order].map((row) => one.labels[row]));
    order.forEach((row, i) => {
      expect(two.memberships!.values.slice(3 * i, 3 * i + 3)).toEqual(
        one.memberships!.values.slice(3 * row, 3 * row + 3),
      );
    });
    expect(two.history).toEqual(one.history);
    expect(two.modalityWeights).toEqual(one.modalityWeights);
    one.dispose();
    two.dispose();
  },
);
