import { describe, expect, test } from 'vitest';
import { dmsc } from '../src/dmsc.js';
import { paperReadout, paperTraining } from '../src/paper.js';

describe('the rules of the public code', () => {
  const options = (given: object) => ({
    pretrainSteps: 0,
    steps: 0,
    learningRate: 1,
    coefficientWeight: 1,
    ...given,
  });
  const readout = (given: object) => ({ subspaceDimension: 6, affinityPower: 8, ...given });
  const resolved = (given: object, clusters: number, modalities: number) => ({
    ...paperTraining.complete!(options(given) as never, { clusters, modalities, n: 100 }),
    ...paperReadout.complete(readout(given) as never, { clusters }),
  });

  test.each([
    [10, 0.01, 0.4],
    [20, 0.1, 0.3],
    [38, 10 ** 0.8, 0.1],
  ])('%i clusters: lambda_2 %d, share %d', (clusters, weight, energy) => {
    const complete = resolved({}, clusters, 5) as Record<string, number>;
    expect(complete['selfExpressionWeight']).toBeCloseTo(weight, 10);
    expect(complete['thresholdEnergy']).toBeCloseTo(energy, 10);
    expect(complete['modalityWeights']).toEqual([0.6, 0.1, 0.1, 0.1, 0.1]);
  });

  test('what is given stays', () => {
    const given = { selfExpressionWeight: 2, thresholdEnergy: 0.7, modalityWeights: [1] };
    expect(resolved(given, 3, 1)).toMatchObject(given);
  });

  test('the presets are two recipes over the same parts', () => {
    const { presets } = dmsc.definition;
    expect(Object.keys(presets)).toEqual(['default', 'paper']);
  });
});
