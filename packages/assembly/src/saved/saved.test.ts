import { denseMatrix, isCrossmodalError, randomSource, toCsr, type CsrMatrix } from '@crossmodal/core';
import { fitPca } from '@crossmodal/transforms';
import { mlp } from '@crossmodal/encoders';
import { captureState } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import * as z from 'zod';
import { onCpuWithoutLeaks } from '../../tests/no-leaks.js';
import { noisyImages, noisyVectors } from '../../tests/noise.js';
import { roundTrip } from '../../tests/round-trip.js';
import { applyFrontEnd } from '@crossmodal/encoders';
import { frontEndFeatures } from '@crossmodal/encoders';
import { fitNetworkInput } from '@crossmodal/transforms';
import { networkSamples } from '@crossmodal/transforms';
import { packClustering, unpackClustering } from './pack-clustering.js';
import { packCsr, unpackCsr } from './pack-csr.js';
import { frontEndsSchema, packFrontEnds, unpackFrontEnds } from './pack-front-ends.js';
import { networkInputsSchema, packNetworkInputs, unpackNetworkInputs } from './pack-network-inputs.js';
import { packWeights, unpackWeights } from './pack-weights.js';
import { savedOptions } from './saved-options.js';
import { modelHeaderSchema, weightsSchema } from './schemas.js';
import { unpackNetwork } from './unpack-network.js';

onCpuWithoutLeaks();

const damaged = (error: unknown) => isCrossmodalError(error, 'format');
const seeds = fc.nat(500);

test.prop([seeds, fc.constantFrom('unit', 'pixels')], { numRuns: 8 })(
  'network inputs scale as before (seed, scale)',
  async (seed, scale) => {
    const modalities = [noisyImages(5, 4, seed), noisyVectors(5, 6, seed)];
    const fitted = modalities.map((modality) => fitNetworkInput(modality, scale));
    // A transform with numbers in its state, as PCA has.
    const { features } = modalities[1]!;
    const reduced = {
      ...fitted[1]!,
      transform: fitPca(features, { components: 2, random: randomSource(seed) }),
    };
    const packed = packNetworkInputs([...fitted, reduced]);
    const read = await roundTrip(networkInputsSchema, packed.description, packed.arrays);
    const loaded = unpackNetworkInputs(read.description, read.arrays);
    [fitted[0]!, fitted[1]!, reduced].forEach((input, v) => {
      const given = modalities[Math.min(v, 1)]!.features;
      expect(loaded[v]).toMatchObject({ name: input.name, shape: input.shape, factor: input.factor });
      expect(networkSamples(loaded[v]!, given)).toEqual(networkSamples(input, given));
    });
  },
);

describe('front ends', () => {
  const pack = async () => {
    const modalities = [noisyImages(5, 6, 1), noisyVectors(5, 4, 2)];
    const fitted = await Promise.all(
      modalities.map((modality) =>
        frontEndFeatures(modality, { filters: 3, kernelSize: 3, cells: 2, random: randomSource(1) }),
      ),
    );
    return { modalities, fitted, packed: packFrontEnds(fitted.map(({ frontEnd }) => frontEnd)) };
  };

  test('give the same features as before', async () => {
    const { modalities, fitted, packed } = await pack();
    const read = await roundTrip(frontEndsSchema, packed.description, packed.arrays);
    const loaded = unpackFrontEnds('load', read.description, read.arrays);
    for (const [v, frontEnd] of loaded.entries())
      expect(await applyFrontEnd(frontEnd, modalities[v]!)).toEqual(fitted[v]!.features);
  });

  test('are refused when parts are missing', async () => {
    const { packed } = await pack();
    const { inputs, convolutions } = packed.description;
    const { arrays } = await roundTrip(frontEndsSchema, packed.description, packed.arrays);
    const wrong = { ...convolutions[0]!, filters: 4 };
    for (const given of [[wrong, null], [], [null, convolutions[0]!]])
      expect(() => unpackFrontEnds('load', { inputs, convolutions: given }, arrays)).toThrowError(
        given[0] === null ? /no array/ : /load .*weights instead of/,
      );
  });
});

test('inputs whose transform is of another length, and weights that are not finite, are refused', async () => {
  const inputs = [fitNetworkInput(noisyVectors(5, 6, 1), 'unit')];
  const packed = packNetworkInputs(inputs);
  const long = { 'input-0-means': { shape: [7], values: new Float32Array(7) } };
  const wrong = await roundTrip(networkInputsSchema, packed.description, { ...packed.arrays, ...long });
  expect(() => unpackNetworkInputs(wrong.description, wrong.arrays)).toThrowError(/does not fit/);
  const network = mlp({ inputSize: 2, layers: [{ units: 1 }], random: randomSource(1) });
  const weights = await packWeights(network);
  const nan = { 'weights-0': { shape: [2], values: Float32Array.of(1, Number.NaN) } };
  const { description, arrays } = await roundTrip(weightsSchema, weights.description, {
    ...weights.arrays,
    ...nan,
  });
  expect(() => unpackWeights('load', network, description, arrays)).toThrowError(/NaN at 1 of 'weights-0'/);
  network.dispose();
});

test('weights go into modules of the same form, and no others', async () => {
  const network = (seed: number, units = 3) =>
    mlp({ inputSize: 4, layers: [{ units }, { units: 2 }], random: randomSource(seed) });
  const [a, b, c, d] = [network(1), network(2), network(3), network(3, 5)];
  const packed = await packWeights([a, b]);
  const { description, arrays } = await roundTrip(weightsSchema, packed.description, packed.arrays);
  expect(description).toEqual([...a.variables, ...b.variables].map(({ shape }) => shape));
  unpackWeights('load', [c, a], description, arrays);
  expect(await captureState(a)).toEqual(await captureState(b));
  expect(await captureState(c)).not.toEqual(await captureState(b));
  const before = await captureState(d);
  for (const modules of [d, [d, b], []])
    expect(() => unpackWeights('load', modules, description, arrays)).toThrowError(/load .*do not fit/);
  expect(await captureState(d)).toEqual(before);
  for (const module of [a, b, c, d]) module.dispose();
});

test('a network is made with saved weights; one that they do not fit leaves nothing behind', async () => {
  const build = (units: number) => () =>
    mlp({ inputSize: 4, layers: [{ units }], random: randomSource(units) });
  const a = build(3)();
  const packed = await packWeights(a);
  const { description, arrays } = await roundTrip(weightsSchema, packed.description, packed.arrays);
  const loaded = unpackNetwork('load', build(3), description, arrays);
  expect(await captureState(loaded)).toEqual(await captureState(a));
  for (const network of [a, loaded]) network.dispose();
  expect(() => unpackNetwork('load', build(5), description, arrays)).toThrowError(/load .*do not fit/);
});

describe('clusterings', () => {
  const n = 5;
  const full = denseMatrix(
    Float32Array.from({ length: n * n }, (_, p) => (p % 3 === 0 ? p : 0)),
    n,
    n,
  );
  const clustering = {
    labels: Int32Array.of(0, 1, 1, 0, 2),
    embedding: denseMatrix(
      Float64Array.from({ length: 10 }, (_, p) => p / 7),
      n,
      2,
    ),
    affinity: toCsr(full) as CsrMatrix<Float32Array>,
  };

  test('come back, with an affinity or without', async () => {
    const { arrays } = await roundTrip(z.null(), null, packClustering(clustering));
    expect(unpackClustering('load', arrays, { clusters: 3, rows: [n] })).toEqual(clustering);
    const { affinity: _, ...bare } = clustering;
    const without = await roundTrip(z.null(), null, packClustering(bare));
    expect(unpackClustering('load', without.arrays, { clusters: 3, affinity: false })).toEqual(bare);
    expect(() => unpackClustering('load', without.arrays, { clusters: 3 })).toThrowError(
      /no array 'affinity/,
    );
  });

  test('are refused when their parts do not belong together', async () => {
    const { arrays } = await roundTrip(z.null(), null, packClustering(clustering));
    expect(() => unpackClustering('load', arrays, { clusters: 2 })).toThrowError(/do not belong together/);
    expect(() => unpackClustering('load', arrays, { clusters: 3, rows: [4] })).toThrowError(/5, 4 rows/);
    const halves = {
      ...packClustering(clustering),
      labels: { shape: [n], values: new Float32Array(n).fill(0.5) },
    };
    const cut = await roundTrip(z.null(), null, halves);
    expect(() => unpackClustering('load', cut.arrays, { clusters: 3 })).toThrowError(
      /do not belong together/,
    );
    const broken = { ...clustering.affinity, columnIndices: clustering.affinity.columnIndices.map(() => 9) };
    const sparse = await roundTrip(z.null(), null, packCsr('graph', broken));
    expect(() => unpackCsr('load', 'graph', [n, n], sparse.arrays)).toThrowError(/load 'graph'.*no sparse/);
  });
});

test('options that are refused make the model a damaged one', () => {
  const resolve = (options: object) => {
    if ('bad' in options) throw new Error('bad');
    return 1;
  };
  expect(savedOptions('load', 'd', {}, resolve)).toBe(1);
  expect(() => savedOptions('load', 'd', { bad: 1 }, resolve)).toThrowError(
    /options that are refused \(bad\)/,
  );
  try {
    savedOptions('load', 'd', { bad: 1 }, resolve);
  } catch (error) {
    expect(damaged(error)).toBe(true);
  }
});

test('a header is that of its format and version', () => {
  const schema = modelHeaderSchema('crossmodal-x', 2);
  const header = {
    format: 'crossmodal-x',
    version: 2,
    options: { a: 1 },
    clusters: 3,
    seed: 0,
    seconds: { fit: 1, affinity: 2, assign: 3 },
  };
  expect(schema.parse(header)).toEqual(header);
  for (const wrong of [{ format: 'crossmodal-y' }, { version: 1 }, { clusters: 0 }, { options: null }])
    expect(schema.safeParse({ ...header, ...wrong }).success).toBe(false);
});
