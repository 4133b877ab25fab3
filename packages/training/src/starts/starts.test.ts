import { denseMatrix, isDivergedError, randomSource } from '@crossmodal/core';
import { mlp } from '@crossmodal/encoders';
import { tf, type TensorsOf } from '@crossmodal/tensors';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { pairBatches } from '../batches/pair-batches.js';
import { splitPartners } from '../batches/split-partners.js';
import { startHeadFromPartition } from './start-head-from-partition.js';
import { trainByContrast } from './train-by-contrast.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

const n = 12;

/** Row i is near corner `i % 3` of the plane. */
function corners(seed: number) {
  const random = randomSource(seed);
  const angles = Array.from({ length: n }, (_, i) => ((i % 3) * 2 * Math.PI) / 3 + 0.1 * random.normal());
  return Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
}

describe('splitPartners', () => {
  test.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 })])(
    'joined again, the halves are the whole (m, d)',
    (m, d) => {
      tf.tidy(() => {
        const both = tf.reshape(tf.range(0, 2 * m * d), [2 * m, d]) as tf.Tensor2D;
        const halves = splitPartners(both);
        expect(halves.map(({ shape }) => shape)).toEqual([
          [m, d],
          [m, d],
        ]);
        expect([...tf.concat([...halves]).dataSync()]).toEqual([...both.dataSync()]);
      });
    },
  );
});

describe('trainByContrast', () => {
  const data = { x: { shape: [n, 2], values: corners(1) } };
  // Every row of a corner is a neighbour of the others.
  const neighbours = {
    count: 3,
    indices: Int32Array.from({ length: 3 * n }, (_, p) => (Math.floor(p / 3) + 3 * (1 + (p % 3))) % n),
  };

  type Options = Partial<Parameters<typeof trainByContrast>[0]>;

  async function train(change: Omit<Options, 'represent'> = {}, onBatch = () => {}) {
    const encoder = mlp({
      inputSize: 2,
      layers: [{ units: 3, activation: 'linear' }],
      random: randomSource(2),
    });
    const batches = pairBatches({ data, neighbours, batchSize: n, random: randomSource(3) });
    try {
      return await trainByContrast<TensorsOf<typeof data>>({
        modules: [encoder],
        represent({ x }) {
          onBatch();
          return encoder.apply(x, { training: true }) as tf.Tensor2D;
        },
        batches,
        steps: 30,
        rate: 0.05,
        ...(change as object),
      });
    } finally {
      encoder.dispose();
    }
  }

  test('neighbours come together, under one name in the history (seeds 1 to 3)', async () => {
    const { history } = await train();
    const losses = history.map((entry) => entry.losses['contrast']!);
    expect(history).toHaveLength(30);
    expect(new Set(history.map(({ phase }) => phase))).toEqual(new Set(['contrast']));
    expect(losses.at(-1)!).toBeLessThan(losses[0]! - 0.1);
  });

  test('the temperature and the phase are those asked for; an abort stops it', async () => {
    const [soft, hard] = [await train({ temperature: 5, phase: 'soft' }), await train({ temperature: 0.1 })];
    expect(soft.history[0]).toMatchObject({ phase: 'soft' });
    // At a high temperature all cosines count alike: log n.
    expect(Math.abs(soft.history[0]!.losses['contrast']! - Math.log(n))).toBeLessThan(0.3);
    expect(hard.history[0]!.losses['contrast']).not.toBeCloseTo(soft.history[0]!.losses['contrast']!, 1);
    await expect(train({ signal: AbortSignal.abort() })).rejects.toThrow(
      expect.objectContaining({ code: 'aborted' }),
    );
  });

  test('a divergence puts back everything that it was told to, statistics too', async () => {
    const steps = tf.tidy(() => tf.variable(tf.scalar(0), false));
    const count = () => steps.assign(tf.add(steps, 1));
    const error: unknown = await train({ rate: 1e38, restorable: [{ variables: [steps] }] }, count).catch(
      (failure: unknown) => failure,
    );
    expect(isDivergedError(error) && error.lastGood?.phase).toBe('contrast');
    // The state before step t is that after t steps.
    expect(isDivergedError(error) && error.lastGood?.step).toBe(steps.dataSync()[0]);
    steps.dispose();
  });
});

describe('startHeadFromPartition', () => {
  const cornerOf = Int32Array.from({ length: n }, (_, i) => i % 3);

  test.prop([fc.nat(200)], { numRuns: 5 })(
    'the head learns the clusters that it is given, which are the corners (seed)',
    async (seed) => {
      const random = randomSource(seed);
      const representation = denseMatrix(corners(seed), n, 2);
      const layers = [{ units: 3, activation: 'linear' as const }];
      const head = mlp({ inputSize: 2, layers, random });
      const { history } = await startHeadFromPartition(representation, {
        modules: [head],
        logits: (z) => head.apply(z, { training: true }) as tf.Tensor2D,
        partition: cornerOf,
        clusters: 3,
        steps: 60,
        batchSize: 6,
        rate: 0.3,
        random,
      });
      expect(history).toHaveLength(60);
      expect(history.every(({ phase, losses }) => phase === 'head' && 'partition' in losses)).toBe(true);
      const labels = tf.tidy(() => {
        const z = tf.tensor2d(representation.values, [n, 2]);
        return [...tf.argMax(head.apply(z, { training: false }), 1).dataSync()];
      });
      expect(labels).toEqual([...cornerOf]);
      head.dispose();
    },
  );

  test.each<[string, string, object]>([
    ['a partition of other rows', 'shape', { partition: new Int32Array(13) }],
    ['a cluster without a logit', 'option', { clusters: 2 }],
    ['a batch of more than all rows', 'option', { batchSize: 13 }],
  ])('%s is refused', async (_, code, change) => {
    const head = mlp({ inputSize: 2, layers: [{ units: 3 }], random: randomSource(1) });
    const run = startHeadFromPartition(denseMatrix(corners(1), n, 2), {
      modules: [head],
      logits: (z) => head.apply(z, { training: true }) as tf.Tensor2D,
      partition: cornerOf,
      clusters: 3,
      steps: 2,
      batchSize: 6,
      rate: 0.1,
      random: randomSource(1),
      ...change,
    });
    await expect(run).rejects.toThrow(expect.objectContaining({ code }));
    head.dispose();
  });
});
