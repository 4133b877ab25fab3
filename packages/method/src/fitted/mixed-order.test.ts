import {
  fromRows,
  joinColumns,
  mixed,
  vectors,
  type DenseMatrix,
  type Mixed,
  type Modality,
} from '@crossmodal/core';
import * as z from 'zod';
import { expect, test } from 'vitest';
import { defineMethod, kMeansReadout, withoutNetwork, withoutTraining, type MethodTypes } from '../index.js';

interface StackTypes extends MethodTypes {
  readonly data: Mixed;
  readonly prepared: readonly string[];
  readonly samples: readonly Modality[];
  readonly structure: undefined;
  readonly term: never;
}

/** Clusters numbers, modality after modality. */
const stack = defineMethod<StackTypes>({
  name: 'stack',
  creator: 'createStack',
  version: 1,
  data: 'mixed',
  inputs: {
    default: {
      schema: z.array(z.string()),
      fit: (samples) => ({ prepared: samples.map(({ name }) => name), samples, structure: undefined }),
      apply: (_, modalities) => modalities,
      inputs: (names) => names.map((name) => ({ name, shape: [1] })),
    },
  },
  network: {
    default: withoutNetwork((samples) => ({
      embedding: asColumn(samples.map(({ features }) => features)),
    })),
  },
  training: { default: withoutTraining() },
  readout: { default: kMeansReadout() },
});

function asColumn(parts: readonly DenseMatrix[]) {
  return joinColumns([fromRows(parts.flatMap(({ values }) => Array.from(values, (value) => [value])))]);
}

test('new mixed samples are answered in the order of the modalities that the caller gives', async () => {
  const numbers = (name: string, values: readonly number[]) =>
    vectors(name, fromRows(values.map((value) => [value])));
  const [x, y] = [numbers('x', [0, 1, 100]), numbers('y', [101, 2])];
  const model = await stack.create().fit(mixed([x, y]), { clusters: 2 });
  const [low, , high] = model.labels;
  expect([...model.labels]).toEqual([low, low, high, high, low]);
  expect([...(await model.predict(mixed([x, y])))]).toEqual([...model.labels]);
  const turned = mixed([numbers('y', [3, 99]), numbers('x', [98, 97, 4])]);
  expect([...(await model.predict(turned))]).toEqual([low, high, high, high, low]);
  expect([...(await model.transform(turned)).values]).toEqual([3, 99, 98, 97, 4]);
  model.dispose();
});
