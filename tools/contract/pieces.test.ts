import type { RandomSource } from '@crossmodal/core';
import type { tf } from '@crossmodal/tensors';
import {
  encoderContract,
  fusionContract,
  lossContract,
  readerContract,
  registerContract,
  type ContractCase,
  type EncoderLike,
  type FusionLike,
} from '@crossmodal/testing';
import { describe, expect, test } from 'vitest';
import type { Kind } from './discover.js';
import { exportedOf, type Exported } from './exported.js';
import { sampleFiles } from './sample-files.js';
import type { Sample } from './samples.js';

const seed = 11;
const found = await exportedOf('encoder', 'fusion', 'loss', 'reader');

/** Arguments of one call: what is made is made now, and tensors are put where the contract draws them. */
function argumentsOf(
  samples: readonly Sample[],
  random: RandomSource | undefined,
  tensors: readonly tf.Tensor[],
): never[] {
  let next = 0;
  return samples.map((sample) =>
    sample.kind === 'tensor' ? tensors[next++] : sample.make(random!),
  ) as never[];
}

function contractOf({ kind, call }: Exported, samples: readonly Sample[]): readonly ContractCase[] {
  const make = (random: RandomSource) => call(...argumentsOf(samples, random, []));
  switch (kind) {
    case 'encoder':
      return encoderContract((random) => make(random) as EncoderLike, { seed });
    case 'fusion':
      return fusionContract((random) => make(random) as FusionLike, { seed });
    case 'loss': {
      const tensors = samples.filter((sample) => sample.kind === 'tensor');
      const shapes = tensors.map(({ shape }) => shape);
      return lossContract((...inputs) => call(...argumentsOf(samples, undefined, inputs)) as tf.Scalar, {
        shapes,
        prepare: (drawn, i) => tensors[i]!.prepare?.(drawn) ?? drawn,
        seed,
      });
    }
    case 'reader':
      return readerContract((bytes) => call(...([bytes] as never[])), { files: sampleFiles, runs: 50, seed });
    case 'clusterer':
    case 'mixed-clusterer':
      return [];
  }
}

for (const entry of found) {
  entry.calls.forEach((samples, choice) => {
    const title = entry.calls.length > 1 ? `${entry.name}, choice ${choice}` : entry.name;
    describe(`${entry.kind} ${entry.packageName} ${title}`, () =>
      registerContract(test, contractOf(entry, samples)));
  });
}

test.each<[Kind, number]>([
  ['loss', 4],
  ['encoder', 10],
  ['fusion', 1],
  ['reader', 5],
])('of kind %s, %i at least are discovered', (kind, least) => {
  expect(found.filter((entry) => entry.kind === kind).length).toBeGreaterThanOrEqual(least);
});
