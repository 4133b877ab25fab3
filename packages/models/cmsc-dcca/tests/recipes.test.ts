import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlp, type EncoderPart } from '@crossmodal/encoders';
import { kMeansReadout } from '@crossmodal/method';
import { tf, useBackend } from '@crossmodal/tensors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCmscDcca, loadCmscDcca, type CmscDccaOptions } from '../src/index.js';
import { planted } from './planted.js';

const { data } = planted(8, 3, 2);
const small = { epochs: 2, batchSize: 12, filters: 4, units: 12, latentUnits: 4 };
const narrow: EncoderPart = {
  name: 'narrow',
  create: ({ shape, random }) => mlp({ inputSize: shape[0]!, layers: [{ units: 9 }], random }),
};
let scratch = '';

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
  scratch = await mkdtemp(join(tmpdir(), 'crossmodal-cmsc-recipes-'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** The encoder for each modality of vectors. */
const encoders = data.modalities.map(({ kind }) => (kind === 'vectors' ? narrow : undefined));

describe('mixtures of the two recipes', () => {
  const choices = ['default', 'paper'] as const;
  const mixtures = choices.flatMap((network) =>
    choices.flatMap((training) =>
      choices.flatMap((readout) =>
        [true, false].map((selfExpression) => ({ network, training, readout, selfExpression })),
      ),
    ),
  );

  test.each(mixtures)(
    'network $network, training $training, readout $readout, self-expression $selfExpression',
    async (parts) => {
      const steps =
        parts.training === 'paper' ? { pretrainSteps: 2, steps: 2 } : { epochs: 1, batchSize: 12 };
      const create = () => createCmscDcca({ ...parts, ...steps, latentUnits: 4 } as CmscDccaOptions);
      if (parts.readout === 'paper' && parts.training === 'default' && parts.selfExpression) {
        // Coefficients that nothing trains cannot be read.
        expect(create).toThrow("Choose the training 'paper', or another readout.");
        return;
      }
      const fitted = await create().fit(data, { clusters: 3 });
      expect(fitted.options).toMatchObject(parts);
      expect(fitted.affinity === undefined).toBe(!parts.selfExpression);
      fitted.dispose();
    },
  );

  test('the networks of the paper with exact coefficients and the default graphs', async () => {
    const directory = join(scratch, 'exact');
    const fitted = await createCmscDcca({ network: 'paper', epochs: 1, batchSize: 12 }).fit(data, {
      clusters: 3,
    });
    const phases = new Set(fitted.history.map(({ phase }) => phase));
    expect(phases).toEqual(new Set(['train']));
    expect(fitted.history[0]!.losses).not.toHaveProperty('coefficients');
    expect(fitted.options).toMatchObject({ network: 'paper', graphs: 'R' });
    await fitted.save(directory);
    const loaded = await loadCmscDcca(directory);
    expect(await loaded.predict(data)).toEqual(await fitted.predict(data));
    fitted.dispose();
    loaded.dispose();
  });
});

describe("parts of one's own", () => {
  test('more encoders than modalities are refused', async () => {
    const clusterer = createCmscDcca({ ...small, encoders: [...encoders, narrow] });
    await expect(clusterer.fit(data, { clusters: 3 })).rejects.toThrow(
      /'encoders': expected 3 at most, one per modality, got 4/,
    );
  });

  test('encoders before the dense layers', async () => {
    const directory = join(scratch, 'encoders');
    const fitted = await createCmscDcca({ ...small, encoders }).fit(data, { clusters: 3 });
    expect(encoders.some((part) => part !== undefined)).toBe(true);
    await fitted.save(directory);
    await expect(loadCmscDcca(directory)).rejects.toThrow(/'narrow'/);
    const loaded = await loadCmscDcca(directory, { parts: [narrow] });
    expect(await loaded.predict(data)).toEqual(await fitted.predict(data));
    fitted.dispose();
    loaded.dispose();
  });

  test('terms and readout', async () => {
    const size: NonNullable<CmscDccaOptions['terms']>[number] = {
      name: 'size',
      weight: 0.1,
      value: ({ latents }) => tf.mean(tf.square(latents[0]!)) as tf.Scalar,
    };
    const terms = [size, { name: 'correlation', weight: 0 }];
    const fitted = await createCmscDcca({ ...small, terms, readout: kMeansReadout() }).fit(data, {
      clusters: 3,
    });
    const { losses } = fitted.history.at(-1)!;
    expect(losses).toHaveProperty('size');
    expect(losses).not.toHaveProperty('correlation');
    expect(fitted.affinity).toBeUndefined();
    expect(await fitted.predict(data)).toEqual(fitted.labels);
    fitted.dispose();
  });
});
