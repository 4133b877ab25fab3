import { randomSource, type SampleArray } from '@crossmodal/core';
import { fitNetworkInput } from '@crossmodal/transforms';
import { gaussianBlobs } from '@crossmodal/datasets';
import { readValues, takeRows, tf } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import type { EamcSamples } from '../types.js';
import { createNetwork } from './create-network.js';
import { forward } from './forward.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const { data } = gaussianBlobs({
  n: 8,
  clusters: 2,
  modalities: [{ dimension: 4 }, { dimension: 3 }],
  random: randomSource(1),
});
const samples: EamcSamples = {
  modalities: data.modalities.map(({ features }) => {
    const x: SampleArray = { shape: [8, features.columns], values: Float32Array.from(features.values) };
    return { x, mask: undefined };
  }),
};
const all = Int32Array.from({ length: 8 }, (_, i) => i);

function tinyNetwork() {
  return createNetwork(
    {
      encoder: [{ units: 5, activation: 'linear' }],
      head: [{ units: 4, batchNorm: 'afterActivation' }],
      unitRows: true,
      normaliseLogits: false,
    },
    {
      prepared: data.modalities.map((modality) => ({
        frontEnd: { input: fitNetworkInput(modality, 'unit') },
      })),
      clusters: 2,
      parts: {},
      random: randomSource(3),
    },
  );
}

const valuesOf = (variables: readonly tf.Variable[]) => variables.map((variable) => [...variable.dataSync()]);

test('what modalities say alone is computed when it is asked for, once, and moves no statistics of the head (seed 3)', () => {
  const before = tf.memory().numTensors;
  const network = tinyNetwork();
  const batch = takeRows(samples, all);
  tf.tidy(() => {
    const state = forward(network, batch, { training: true });
    const made = tf.memory().numTensors;
    const statistics = valuesOf(network.hidden.variables);
    const alone = state.perModality;
    expect(tf.memory().numTensors).toBeGreaterThan(made);
    expect(state.perModality).toBe(alone);
    expect(valuesOf(network.hidden.variables)).toEqual(statistics);
    const context = { training: false };
    state.latents.forEach((latent, v) => {
      const logits = network.logits.apply(network.hidden.apply(latent, context), context);
      expect([...alone[v]!.dataSync()]).toEqual([...tf.softmax(logits).dataSync()]);
    });
  });
  tf.dispose(batch.modalities.map(({ x }) => x));
  network.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a term that asks within a scope of its own does not take it from the next one', () => {
  const network = tinyNetwork();
  const batch = takeRows(samples, all);
  tf.tidy(() => {
    const state = forward(network, batch, { training: false });
    const first = readValues(() => state.perModality[1]!);
    expect(state.perModality[1]!.isDisposed).toBe(false);
    expect(readValues(() => tf.clone(state.perModality[1]!))).toEqual(first);
  });
  tf.dispose(batch.modalities.map(({ x }) => x));
  network.dispose();
});

test('partners are the second half of the assignments', () => {
  const network = tinyNetwork();
  const batch = takeRows(samples, all);
  tf.tidy(() => {
    const { assignments, partners } = forward(network, batch, { training: false, partners: true });
    expect(partners!.flatMap((half) => [...half.dataSync()])).toEqual([...assignments.dataSync()]);
    expect(forward(network, batch, { training: false }).partners).toBeUndefined();
  });
  tf.dispose(batch.modalities.map(({ x }) => x));
  network.dispose();
});
