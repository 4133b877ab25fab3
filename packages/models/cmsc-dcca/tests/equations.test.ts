import { canonicalOrder, randomSource, toDense, type DenseMatrix } from '@crossmodal/core';
import type { Fit } from '@crossmodal/method';
import type { SubspaceSeen } from '@crossmodal/subspace';
import { useBackend } from '@crossmodal/tensors';
import { fitNetworkInput } from '@crossmodal/transforms';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { createCmscDcca, type CmscDccaTypes } from '../src/index.js';
import { paperNetwork } from '../src/network.js';
import { planted } from './planted.js';

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
});

describe("the paper's equations", () => {
  test.prop([fc.nat(500)], { numRuns: 3 })(
    'Eq. 3: the affinity is the mean of |S| and its transpose (seed)',
    async (seed) => {
      const { data } = planted(6, 2, seed);
      const order = canonicalOrder(data);
      let s: DenseMatrix | undefined;
      const look = {
        name: 'look',
        run: async (fit: Fit<CmscDccaTypes>) => {
          s = (await fit.read()).coefficients!();
        },
      };
      const fitted = await createCmscDcca({
        preset: 'paper',
        pretrainSteps: 2,
        steps: 2,
        latentUnits: 6,
        stages: [{ insert: look, after: 'train' }],
      }).fit(data, { clusters: 2, seed });
      const affinity = toDense(fitted.affinity!);
      fitted.dispose();
      const { rows: n, values } = s!;
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          const expected = (Math.abs(values[i * n + j]!) + Math.abs(values[j * n + i]!)) / 2;
          expect(affinity.values[order[i]! * n + order[j]!]).toBeCloseTo(expected, 5);
        }
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
    const { data } = planted(4, 2, 1);
    const [bars] = data.modalities;
    const input = { ...fitNetworkInput(bars!, 'unit'), shape: [28, 28, 1] };
    const network = paperNetwork.create({
      options: { latentUnits: 5 },
      clusters: 2,
      prepared: [input],
      parts: {},
      random: randomSource(1),
    });
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
      let latents: SubspaceSeen['latents'] = [];
      const look = {
        name: 'look',
        run: async (fit: Fit<CmscDccaTypes>) => {
          ({ latents } = await fit.read());
        },
      };
      const options = { latentUnits: 4, filters: 4, units: 12, features: false, restarts: 2 };
      const stages = [{ replace: 'blocks', by: look }];
      const fitted = await createCmscDcca({ ...options, stages }).fit(data, { clusters: 3, seed });
      fitted.dispose();
      for (const {
        features: { values, rows, columns },
      } of latents) {
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
      expect(latents).toHaveLength(data.modalities.length);
    },
  );
});
