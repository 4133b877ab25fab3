import { randomSource } from '@crossmodal/core';
import { seededNormal, tf } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { clusteringNetwork, type ClusteringNetworkOptions } from './clustering-network.js';
import { meanLatents } from './mean-latents.js';
import { sharedEncoder } from './shared-encoder.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const base: ClusteringNetworkOptions = {
  encoder: (random) => sharedEncoder({ inputSizes: [4, 3], layers: [{ units: 5 }], random }),
  clusters: 2,
  random: randomSource(1),
};

test('has the heads that are asked for, and all but the clustering head trains overclusters', () => {
  const before = tf.memory().numTensors;
  const plain = clusteringNetwork(base);
  const full = clusteringNetwork({ ...base, overclusters: 6, codes: (units) => ({ size: units - 2 }) });
  tf.tidy(() => {
    const x = tf.ones([7, 3]);
    expect(Object.keys(plain.apply(x, 1, { training: true }))).toEqual(['latent', 'logits']);
    const { latent, logits, overLogits, gaussians } = full.apply(x, 1, { training: true });
    const shapes = [latent, logits, overLogits!, gaussians!.means].map(({ shape }) => shape[1]);
    expect(shapes).toEqual([5, 2, 6, 3]);
  });
  expect([plain.codeSize, full.codeSize, full.inputSizes]).toEqual([0, 3, [4, 3]]);
  expect(plain.overclusters).toBeUndefined();
  const trained = full.overclusteringPart.flatMap(({ trainable }) => trainable);
  expect(full.trainable.filter((variable) => !trained.includes(variable)).map(({ shape }) => shape)).toEqual([
    [5, 2],
    [2],
  ]);
  plain.dispose();
  full.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('heads see samples of the codes where there is noise, and their means without', () => {
  const network = clusteringNetwork({ ...base, codes: (size) => ({ size, sampled: true }) });
  tf.tidy(() => {
    const x = tf.ones([3, 4]);
    const noise = seededNormal([3, 5], randomSource(2)) as tf.Tensor2D;
    const { gaussians, latent } = network.apply(x, 0, { training: true }, noise);
    const z = tf.add(gaussians!.means, tf.mul(gaussians!.deviations, noise));
    expect([...latent.dataSync()]).toEqual([...z.dataSync()]);
    const still = network.apply(x, 0, { training: false });
    expect([...still.latent.dataSync()]).toEqual([...still.gaussians!.means.dataSync()]);
  });
  network.dispose();
});

test('mean latents are those of present rows, by the weights of modalities', () => {
  const network = clusteringNetwork(base);
  const before = tf.memory().numTensors;
  const draw = (d: number) => ({
    shape: [3, d],
    values: Float32Array.from({ length: 3 * d }, (_, p) => p + 1),
  });
  const [first, second] = [draw(4), draw(3)];
  const alone = [0, 1].map((v) =>
    tf.tidy(() => {
      const x = v === 0 ? tf.tensor(first.values, [3, 4]) : tf.tensor(second.values, [3, 3]);
      return [...network.apply(x, v, { training: true }).latent.dataSync()];
    }),
  );
  const { values } = meanLatents(network, [
    { x: first, weight: 0.25, present: Uint8Array.of(1, 0, 1) },
    { x: second, weight: 0.75 },
  ]);
  expect(tf.memory().numTensors).toBe(before);
  values.forEach((value, p) => {
    const share = Math.floor(p / 5) === 1 ? 0 : 0.25;
    expect(value).toBeCloseTo(share * alone[0]![p]! + (1 - share) * alone[1]![p]!, 3);
  });
  network.dispose();
});

test('mean latents of some samples are those of a batch of these', () => {
  const network = clusteringNetwork(base);
  const samples = (rows: readonly number[]) =>
    [4, 3].map((d, v) => ({
      x: {
        shape: [rows.length, d],
        values: Float32Array.from(rows.flatMap((row) => Array.from({ length: d }, (_, j) => row + j * j))),
      },
      weight: 0.5,
      ...(v === 0 && { present: Uint8Array.from(rows, (row) => (row === 2 ? 0 : 1)) }),
    }));
  const some = meanLatents(network, samples([0, 1, 2, 3, 4]), [4, 2, 0]);
  expect(some).toEqual(meanLatents(network, samples([4, 2, 0])));
  expect(some.rows).toBe(3);
  expect(() => meanLatents(network, samples([0, 1]), [2])).toThrow(
    expect.objectContaining({ code: 'value' }),
  );
  network.dispose();
});
