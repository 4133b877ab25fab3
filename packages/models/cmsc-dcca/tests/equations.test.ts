import { latentEncoder } from '@crossmodal/assembly';
import { networkSamples, fitNetworkInput } from '@crossmodal/transforms';
import { canonicalOrder, denseMatrix, randomSource, selectRows } from '@crossmodal/core';
import { useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { paperAffinity } from '../src/assign.js';
import { resolveCmscDccaOptions } from '../src/cmsc-dcca-options.js';
import { createCmscDcca } from '../src/index.js';
import { createNetwork } from '../src/network.js';
import { startHeads } from '../src/start-heads.js';
import { planted } from './planted.js';

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
});

describe("the paper's equations", () => {
  test.prop([fc.integer({ min: 2, max: 8 }), fc.nat(500)], { numRuns: 20 })(
    'Eq. 3: the affinity is the mean of |S| and its transpose (n, seed)',
    (n, seed) => {
      const random = randomSource(seed);
      const s = Float32Array.from({ length: n * n }, (_, p) => (p % (n + 1) === 0 ? 0 : random.normal()));
      const { affinity } = paperAffinity(denseMatrix(s, n, n), []);
      const { rowOffsets, columnIndices, values } = affinity;
      for (let i = 0; i < n; i++) {
        for (let p = rowOffsets[i]!; p < rowOffsets[i + 1]!; p++) {
          const j = columnIndices[p]!;
          const expected = (Math.abs(s[i * n + j]!) + Math.abs(s[j * n + i]!)) / 2;
          expect(values[p]).toBeCloseTo(expected, 5);
        }
      }
      expect(values).toHaveLength(n * (n - 1));
    },
  );

  test('Eq. 9: the total is the weighted sum of the terms, after Eq. 8 alone', async () => {
    const { data } = planted(6, 2, 1);
    const weights = { correlationWeight: 3, selfExpressionWeight: 0.7, reconstructionWeight: 0.2 };
    const options = { preset: 'paper', pretrainSteps: 2, steps: 2, latentUnits: 6, ...weights } as const;
    const fitted = await createCmscDcca(options).fit(data, { clusters: 2 });
    fitted.dispose();
    for (const { phase, losses } of fitted.history) {
      const sum = (start: string) =>
        Object.entries(losses).reduce(
          (total, [name, value]) => total + (name.startsWith(start) ? value : 0),
          0,
        );
      const expected =
        phase === 'pretrain'
          ? 0.2 * sum('reconstruction')
          : sum('coefficients') +
            0.7 * sum('self-expression') +
            0.2 * sum('reconstruction') +
            3 * sum('correlation');
      expect(losses['total']! / expected).toBeCloseTo(1, 4);
      // Three pairs of at most 6 columns each.
      if (phase === 'train') expect(losses['correlation']).toBeGreaterThan(-18.5);
    }
    expect(fitted.history.map(({ phase }) => phase)).toEqual(['pretrain', 'pretrain', 'train', 'train']);
  });

  test('Table 1: three convolutions and a dense layer, 28 x 28 through 14, 14 and 7', () => {
    const resolved = resolveCmscDccaOptions({ preset: 'paper', latentUnits: 5 });
    const { data } = planted(4, 2, 1);
    const [bars] = data.modalities;
    const input = { ...fitNetworkInput(bars!, 'unit'), shape: [28, 28, 1] };
    const network = createNetwork({ resolved, inputs: [input], random: randomSource(1) });
    expect(network.fronts[0]!.outputShape).toEqual([7 * 7 * 30]);
    expect(network.latentSizes).toEqual([5]);
    const kernels = network.fronts[0]!.trainable.filter(({ rank }) => rank === 4).map(({ shape }) => shape);
    expect(kernels).toEqual([
      [4, 4, 1, 10],
      [3, 3, 10, 20],
      [4, 4, 20, 30],
    ]);
    network.dispose();
  });
});

describe('the start of the dense layers', () => {
  test.prop([fc.nat(200)], { numRuns: 3 })(
    'latents are uncorrelated principal components of mean 0 and mean square 1 (seed)',
    async (seed) => {
      const { data } = planted(20, 3, seed);
      const { modalities } = selectRows(data, canonicalOrder(data));
      const resolved = resolveCmscDccaOptions({ latentUnits: 4, filters: 4, units: 12 });
      const inputs = modalities.map((modality) => fitNetworkInput(modality, 'unit'));
      const samples = inputs.map((input, v) => networkSamples(input, modalities[v]!.features));
      const random = randomSource(seed);
      const network = createNetwork({ resolved, inputs, modalities, random });
      await startHeads({ network, samples, modalities, random });
      const encoder = latentEncoder('test', network);
      for (const { values, rows, columns } of await encoder.encode(samples)) {
        const moment = (a: number, b: number) => {
          let sum = 0;
          for (let i = 0; i < rows; i++)
            sum += values[i * columns + a]! * (b < 0 ? 1 : values[i * columns + b]!);
          return sum / rows;
        };
        let size = 0;
        let previous = Infinity;
        for (let a = 0; a < columns; a++) {
          expect(Math.abs(moment(a, -1))).toBeLessThan(1e-3);
          for (let b = 0; b < a; b++) expect(Math.abs(moment(a, b))).toBeLessThan(1e-2);
          size += moment(a, a) / columns;
          expect(moment(a, a)).toBeLessThan(previous * 1.01);
          previous = moment(a, a);
        }
        expect(size).toBeCloseTo(1, 3);
      }
      encoder.dispose();
      network.dispose();
    },
  );
});
