import { denseMatrix, randomSource } from '@crossmodal/core';
import { columnDeviations, matrixProduct } from '@crossmodal/linalg';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import {
  around,
  centred,
  difference,
  furthest,
  inTurn,
  normal,
  reflection,
  squares,
} from '../../tests/points.js';
import { clusterMeans } from '../clusters/cluster-means.js';
import { matchClusters } from '../geometry/match-clusters.js';
import { applyLinearMap } from '../linear-maps/apply-linear-map.js';
import { alignByCommonBasis } from './align-by-common-basis.js';
import { alignByMatchedClusters } from './align-by-matched-clusters.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const refusal = (code: string): unknown => expect.objectContaining({ code });

/** Two modalities without common samples: the same clusters around centres that are turned, and renumbered. */
function turnedClusters(seed: number, clusters: number) {
  const centres = normal(clusters, 4, seed);
  const far = denseMatrix(
    centres.values.map((value) => 10 * value),
    clusters,
    4,
  );
  const order = randomSource(seed + 1).permutation(clusters);
  const labels = [inTurn(20 * clusters, clusters), inTurn(15 * clusters, clusters)];
  const renumbered = labels[1]!.map((label) => order[label]!);
  const first = around(far, labels[0]!, { noise: 0.1, seed: seed + 2 });
  const second = around(far, labels[1]!, { noise: 0.1, seed: seed + 3 });
  return {
    order,
    labels: [labels[0]!, renumbered],
    features: [centred(first), centred(matrixProduct(second, reflection(4, seed + 4)))],
  };
}

describe('matchClusters', () => {
  test.prop([fc.integer({ min: 4, max: 7 }), fc.nat(9999)], { numRuns: 10 })(
    'finds the numbers of clusters that were turned and renumbered, both ways (clusters, seed)',
    (clusters, seed) => {
      const { features, labels, order } = turnedClusters(seed, clusters);
      const options = { labels, clusters, random: randomSource(seed) };
      const [found] = matchClusters(features, options);
      expect([...found!.match]).toEqual([...order]);
      const [back] = matchClusters(features, { ...options, anchor: 1 });
      order.forEach((to, from) => expect(back!.match[to]).toBe(from));
    },
  );

  test('only stable modalities decide about the geometry (seed 2)', () => {
    const { features, labels } = turnedClusters(2, 6);
    const noise = centred(normal(60, 5, 9));
    const options = {
      labels: [...labels, inTurn(60, 6)],
      clusters: 6,
      random: randomSource(0),
    };
    const alone = matchClusters(features, { ...options, labels });
    const beside = matchClusters([...features, noise], { ...options, stable: [0, 1] });
    expect(beside).toHaveLength(2);
    expect([...beside[0]!.match]).toEqual([...alone[0]!.match]);
  });
});

describe('alignByMatchedClusters', () => {
  test.prop([fc.nat(9999)], { numRuns: 10 })(
    'modalities that are turns of each other come to lie on each other, go back, and are decoded (seed)',
    (seed) => {
      const clusters = 4;
      const { features: both, labels: theirs, order } = turnedClusters(seed, clusters);
      const features = [both[0]!, centred(matrixProduct(both[0]!, reflection(4, seed + 4)))];
      const labels = [theirs[0]!, theirs[0]!.map((label) => order[label]!)];
      const { encoders, decoders, maps } = alignByMatchedClusters(features, {
        labels,
        clusters,
        random: randomSource(seed),
      });
      expect(encoders.map(({ weights }) => weights.columns)).toEqual([3, 3]);
      const latents = features.map((own, v) => applyLinearMap(own, encoders[v]!));
      const moved = applyLinearMap(latents[1]!, maps[0]!.to);
      // Latents have deviation 1; features in single precision leave this much of a hundredth in the directions that whitening lifts.
      expect(furthest(moved, latents[0]!)).toBeLessThan(1e-2);
      expect(furthest(applyLinearMap(moved, maps[0]!.from), latents[1]!)).toBeLessThan(1e-4);
      const back = applyLinearMap(latents[0]!, decoders[0]!);
      expect(squares(difference(back, features[0]!))).toBeLessThan(0.05 * squares(features[0]!));
    },
  );

  test('with other samples of the same clusters, centres come near their matches (seed 3)', () => {
    const { features, labels, order } = turnedClusters(3, 4);
    const { encoders, maps } = alignByMatchedClusters(features, {
      labels,
      clusters: 4,
      random: randomSource(3),
    });
    const centres = features.map((own, v) => clusterMeans(applyLinearMap(own, encoders[v]!), labels[v]!, 4));
    const moved = applyLinearMap(centres[1]!, maps[0]!.to);
    const matched = denseMatrix(
      Float64Array.from({ length: 12 }, (_, p) => moved.values[order[Math.floor(p / 3)]! * 3 + (p % 3)]!),
      4,
      3,
    );
    expect(squares(difference(matched, centres[0]!))).toBeLessThan(0.05 * squares(centres[0]!));
  });

  test('what does not fit is refused', () => {
    const { features, labels } = turnedClusters(1, 4);
    const aligned = (change: object) =>
      alignByMatchedClusters(features, { labels, clusters: 4, random: randomSource(0), ...change });
    expect(() => aligned({ anchor: 2 })).toThrow(refusal('option'));
    expect(() => aligned({ labels: labels.slice(1) })).toThrow(refusal('shape'));
    expect(() => aligned({ labels: [...labels].reverse() })).toThrow(refusal('shape'));
    expect(() => aligned({ clusters: 3 })).toThrow(refusal('value'));
    expect(() =>
      matchClusters(features, { labels, clusters: 4, anchor: -1, random: randomSource(0) }),
    ).toThrow(refusal('option'));
  });
});

describe('alignByCommonBasis', () => {
  const stretched = (seed: number) => {
    const shades = [1, 0.5];
    return shades.map((shade, v) => {
      const rows = normal(40 + v, 6, seed + v);
      return centred(
        denseMatrix(
          rows.values.map((value, p) => value * shade * (1 + (p % 6))),
          40 + v,
          6,
        ),
      );
    });
  };

  test.prop([fc.integer({ min: 1, max: 6 }), fc.nat(1), fc.nat(999)], { numRuns: 20 })(
    'one encoder for all; maps give every direction the deviation it has in the other modality, and undo each other (size, anchor, seed)',
    (latentSize, anchor, seed) => {
      const features = stretched(seed);
      const { encoders, decoders, maps } = alignByCommonBasis(features, {
        anchor,
        latentSize,
        random: randomSource(seed),
      });
      expect(encoders[0]).toEqual(encoders[1]);
      expect(decoders.map(({ weights }) => [weights.rows, weights.columns])).toEqual([
        [latentSize, 6],
        [latentSize, 6],
      ]);
      const latents = features.map((own, v) => applyLinearMap(own, encoders[v]!));
      const all = latents.flatMap(({ values }) => [...values]);
      expect(Math.sqrt(all.reduce((sum, value) => sum + value * value, 0) / all.length)).toBeCloseTo(1, 3);
      const [map] = maps;
      const moved = applyLinearMap(latents[1 - anchor]!, map!.to);
      const wanted = columnDeviations(latents[anchor]!);
      columnDeviations(moved).forEach((value, j) => expect(value / wanted[j]!).toBeCloseTo(1, 3));
      expect(furthest(applyLinearMap(moved, map!.from), latents[1 - anchor]!)).toBeLessThan(1e-3);
    },
  );

  test('with all directions, decoders give the features back (seed 3)', () => {
    const features = stretched(3);
    const { encoders, decoders } = alignByCommonBasis(features, { latentSize: 6, random: randomSource(3) });
    features.forEach((own, v) => {
      const back = applyLinearMap(applyLinearMap(own, encoders[v]!), decoders[v]!);
      // The ridge takes a thousandth of directions of variance 1, more of smaller ones.
      expect(squares(difference(back, own))).toBeLessThan(1e-3 * squares(own));
    });
  });

  test('other columns, and an anchor that is none, are refused', () => {
    const random = randomSource(0);
    const options = { latentSize: 2, random };
    const other = [normal(5, 3, 0), normal(5, 4, 0)];
    expect(() => alignByCommonBasis(other, options)).toThrow(refusal('shape'));
    expect(() => alignByCommonBasis(stretched(1), { ...options, anchor: 2 })).toThrow(refusal('option'));
    expect(() => alignByCommonBasis(stretched(1), { ...options, latentSize: 0 })).toThrow(refusal('option'));
  });
});
