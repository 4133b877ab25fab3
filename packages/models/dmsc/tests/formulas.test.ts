import { describe, expect, test } from 'vitest';
import { resolveDmscOptions, type ResolvedPaperOptions } from '../src/dmsc-options.js';
import { completePaperOptions } from '../src/paper-rules.js';

describe('the rules of the public code', () => {
  const paper = resolveDmscOptions({ preset: 'paper' }) as ResolvedPaperOptions;
  test.each([
    [10, 0.01, 0.4],
    [20, 0.1, 0.3],
    [38, 10 ** 0.8, 0.1],
  ])('%i clusters: lambda_2 %d, share %d', (clusters, weight, energy) => {
    const complete = completePaperOptions(paper, clusters, 5);
    expect(complete.selfExpressionWeight).toBeCloseTo(weight, 10);
    expect(complete.thresholdEnergy).toBeCloseTo(energy, 10);
    expect(complete.modalityWeights).toEqual([0.6, 0.1, 0.1, 0.1, 0.1]);
  });

  test('what is given stays', () => {
    const given = { ...paper, selfExpressionWeight: 2, thresholdEnergy: 0.7, modalityWeights: [1] };
    expect(completePaperOptions(given, 3, 1)).toMatchObject({
      selfExpressionWeight: 2,
      thresholdEnergy: 0.7,
    });
  });
});
