import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import * as metrics from './index.js';
import type { Labels } from './index.js';

const {
  accuracy,
  ami,
  ari,
  completeness,
  contingencyTable,
  evaluate,
  fScore,
  homogeneity,
  nmi,
  pairwisePrecisionRecall,
  purity,
  vMeasure,
} = metrics;

const means = ['arithmetic', 'geometric', 'min', 'max'] as const;
const scores: Record<string, (truth: Labels, predicted: Labels) => number> = {
  accuracy,
  purity,
  ari,
  fScore,
  homogeneity,
  completeness,
  vMeasure,
  ...Object.fromEntries(means.map((mean) => [`nmi ${mean}`, (t: Labels, p: Labels) => nmi(t, p, { mean })])),
  ...Object.fromEntries(means.map((mean) => [`ami ${mean}`, (t: Labels, p: Labels) => ami(t, p, { mean })])),
};
const names = Object.keys(scores);
const symmetric = names.filter((name) => /^(nmi|ami|ari|fScore|accuracy|vMeasure)/.test(name));

/** Two labellings of the same 1..40 objects. */
const labelling = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 7 })), {
    minLength: 1,
    maxLength: 40,
  })
  .map((pairs) => ({ truth: pairs.map(([t]) => t), predicted: pairs.map(([, p]) => p) }));

/** Sums of up to 40 terms of size 1 in another order. */
const ROUNDING = 12;

describe.each(names)('%s', (name) => {
  const score = scores[name]!;

  test.prop([labelling])('is 1 for equal partitions under any names', ({ truth }) => {
    expect(score(truth, truth)).toBeCloseTo(1, ROUNDING);
    expect(
      score(
        truth,
        truth.map((t) => `class ${5 - t}`),
      ),
    ).toBeCloseTo(1, ROUNDING);
  });

  test.prop([labelling])('does not depend on names', ({ truth, predicted }) => {
    const value = score(truth, predicted);
    expect(
      score(
        truth.map((t) => `x${(t * 5) % 7}`),
        predicted.map((p) => -3.5 * p),
      ),
    ).toBeCloseTo(value, ROUNDING);
    expect(score(Int32Array.from(truth), Float32Array.from(predicted))).toBe(value);
  });

  test.prop([labelling, fc.integer({ min: 0, max: 1000 })])(
    'does not depend on the order of the rows',
    ({ truth, predicted }, seed) => {
      const order = [...randomSource(seed).permutation(truth.length)];
      expect(
        score(
          order.map((i) => truth[i]!),
          order.map((i) => predicted[i]!),
        ),
      ).toBe(score(truth, predicted));
    },
  );

  test.prop([labelling])('stays in its range', ({ truth, predicted }) => {
    const value = score(truth, predicted);
    expect(value).toBeLessThanOrEqual(1);
    if (name === 'ari') expect(value).toBeGreaterThanOrEqual(-0.5);
    else if (!name.startsWith('ami')) expect(value).toBeGreaterThanOrEqual(0);
  });

  test('takes one cluster, one class, one object and one cluster an object', () => {
    expect(score([7], ['a'])).toBe(1);
    expect(score([1, 1, 1], ['a', 'a', 'a'])).toBe(1);
    expect(score([1, 2, 3], ['a', 'b', 'c'])).toBe(1);
    expect(Number.isFinite(score([1, 1, 1], [1, 2, 3]))).toBe(true);
    expect(Number.isFinite(score([1, 2, 3], [1, 1, 1]))).toBe(true);
  });

  test('refuses no labels, other lengths and NaN', () => {
    expect(() => score([], [])).toThrow(expect.objectContaining({ code: 'shape' }));
    expect(() => score([1, 2], [1])).toThrow(expect.objectContaining({ code: 'shape' }));
    expect(() => score([1, Number.NaN], [1, 1])).toThrow(expect.objectContaining({ code: 'value' }));
  });
});

describe.each(symmetric)('%s', (name) => {
  test.prop([labelling])('is symmetric', ({ truth, predicted }) => {
    expect(scores[name]!(predicted, truth)).toBeCloseTo(scores[name]!(truth, predicted), ROUNDING);
  });
});

test.prop([labelling])(
  'completeness is homogeneity the other way round, and V-measure is NMI',
  ({ truth, predicted }) => {
    expect(completeness(truth, predicted)).toBe(homogeneity(predicted, truth));
    expect(vMeasure(truth, predicted)).toBeCloseTo(nmi(truth, predicted), ROUNDING);
  },
);

test.prop([labelling])(
  'V-measure goes from homogeneity to completeness with beta',
  ({ truth, predicted }) => {
    fc.pre(homogeneity(truth, predicted) > 0.01 && completeness(truth, predicted) > 0.01);
    expect(vMeasure(truth, predicted, { beta: 1e-9 })).toBeCloseTo(homogeneity(truth, predicted), 5);
    expect(vMeasure(truth, predicted, { beta: 1e9 })).toBeCloseTo(completeness(truth, predicted), 5);
  },
);

test.prop([labelling])('the means of NMI and AMI are ordered as means are', ({ truth, predicted }) => {
  const [arithmetic, geometric, min, max] = means.map((mean) => nmi(truth, predicted, { mean }));
  expect(max).toBeLessThanOrEqual(arithmetic! + 1e-12);
  expect(arithmetic).toBeLessThanOrEqual(geometric! + 1e-12);
  if (min! > 0) expect(geometric).toBeLessThanOrEqual(min! + 1e-12);
});

test.prop([labelling])(
  'purity never falls when clusters are split, and bounds accuracy',
  ({ truth, predicted }) => {
    const split = predicted.map((p, i) => `${p} ${i % 2}`);
    expect(purity(truth, split)).toBeGreaterThanOrEqual(purity(truth, predicted));
    expect(purity(truth, predicted)).toBeGreaterThanOrEqual(accuracy(truth, predicted));
  },
);

test.prop([labelling])(
  'pairs counted one by one give the F-score, precision, recall and ARI',
  ({ truth, predicted }) => {
    let tp = 0;
    let fp = 0;
    let fn = 0;
    let tn = 0;
    for (let i = 0; i < truth.length; i++) {
      for (let j = 0; j < i; j++) {
        const same = truth[i] === truth[j];
        const together = predicted[i] === predicted[j];
        if (same && together) tp++;
        else if (together) fp++;
        else if (same) fn++;
        else tn++;
      }
    }
    const { precision, recall } = pairwisePrecisionRecall(truth, predicted);
    const nothing = tp + fp + fn === 0;
    expect(precision).toBe(nothing ? 1 : tp === 0 ? 0 : tp / (tp + fp));
    expect(recall).toBe(nothing ? 1 : tp === 0 ? 0 : tp / (tp + fn));
    expect(fScore(truth, predicted)).toBeCloseTo(
      precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
      ROUNDING,
    );
    const all = tp + fp + fn + tn;
    const expected = ((tp + fp) * (tp + fn)) / all;
    const span = (tp + fp + tp + fn) / 2 - expected;
    if (fp + fn > 0)
      expect(ari(truth, predicted)).toBeCloseTo(span === 0 ? 0 : (tp - expected) / span, ROUNDING);
  },
);

test.prop([labelling])('the table counts every object once', ({ truth, predicted }) => {
  const table = contingencyTable(truth, predicted);
  expect(table.counts).toHaveLength(table.classes.length * table.clusters.length);
  table.classes.forEach((t, i) =>
    table.clusters.forEach((p, j) => {
      const count = truth.filter((label, row) => label === t && predicted[row] === p).length;
      expect(table.counts[i * table.clusters.length + j]).toBe(count);
    }),
  );
  expect(table.classSizes.reduce((a, b) => a + b)).toBe(truth.length);
  expect(table.clusterSizes.reduce((a, b) => a + b)).toBe(truth.length);
});

test('labels keep their kind: 1 and "1" are two', () => {
  expect(contingencyTable([1, '1', 'b'], [0, 0, 0]).classes).toEqual([1, '1', 'b']);
});

test.prop([labelling])('evaluate gives what the functions give', ({ truth, predicted }) => {
  expect(evaluate(truth, predicted)).toEqual({
    acc: accuracy(truth, predicted),
    nmi: nmi(truth, predicted),
    ari: ari(truth, predicted),
    ami: ami(truth, predicted),
    purity: purity(truth, predicted),
    fScore: fScore(truth, predicted),
  });
});

test.prop([fc.integer({ min: 0, max: 0xffffffff })], { numRuns: 3 })(
  'ARI and AMI of random labels are about 0, seed %s',
  (seed) => {
    const random = randomSource(seed);
    let adjustedRand = 0;
    let adjustedInformation = 0;
    for (let run = 0; run < 200; run++) {
      const truth = Array.from({ length: 60 }, () => random.integer(4));
      const predicted = Array.from({ length: 60 }, () => random.integer(10));
      adjustedRand += ari(truth, predicted) / 200;
      adjustedInformation += ami(truth, predicted) / 200;
    }
    // One score spreads by about 0.03, so the mean of 200 by 0.002; five of them.
    expect(Math.abs(adjustedRand)).toBeLessThan(0.011);
    expect(Math.abs(adjustedInformation)).toBeLessThan(0.011);
  },
);

test('unknown options are refused', () => {
  const mean = 'harmonic' as 'max';
  expect(() => nmi([1], [1], { mean })).toThrow(expect.objectContaining({ code: 'option' }));
  expect(() => ami([1], [1], { mean })).toThrow(expect.objectContaining({ code: 'option' }));
  expect(() => vMeasure([1], [1], { beta: 0 })).toThrow(expect.objectContaining({ code: 'option' }));
});
