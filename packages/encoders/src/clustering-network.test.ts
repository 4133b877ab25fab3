import { randomSource } from '@crossmodal/core';
import { seededNormal, tf } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { clusteringNetwork, type ClusteringNetworkOptions } from './clustering-network.js';
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
