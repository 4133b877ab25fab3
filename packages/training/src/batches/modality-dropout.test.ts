import { randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { minibatches } from './minibatches.js';
import { modalityDropout } from './modality-dropout.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const n = 40;
const numbers = { shape: [n, 1], values: Float32Array.from({ length: n }, (_, i) => i) };
const flags = (absent: (i: number) => boolean) =>
  Float32Array.from({ length: n }, (_, i) => (absent(i) ? 0 : 1));

test.prop([fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(999)], { numRuns: 20 })(
  'samples go without one modality that they have at the most, and never without all; the same step is the same batch (rate, seed)',
  (rate, seed) => {
    const before = tf.memory().numTensors;
    const present = [undefined, flags((i) => i % 3 === 0), flags((i) => i < 5)];
    // A mask that the source has itself is replaced.
    const data = {
      modalities: [
        { x: numbers, mask: undefined },
        { x: numbers, mask: { shape: [n, 1], values: present[1]! } },
        { x: numbers, mask: undefined },
      ],
    };
    const random = randomSource(seed);
    const source = minibatches({ data, batchSize: 10, random });
    const batches = modalityDropout(source, { present, rate, random });
    let without = 0;
    for (let step = 0; step < 8; step++) {
      const [one, two] = [batches.batch(step), batches.batch(step)];
      const rows = [...one.inputs.modalities[0]!.x.dataSync()];
      const given = one.inputs.modalities.map(({ mask }) => [...mask.dataSync()]);
      rows.forEach((row, i) => {
        const held = present.map((own) => own?.[row] ?? 1);
        const left = given.map((own) => own[i]!);
        const lost = held.reduce((sum, flag, v) => sum + flag - left[v]!, 0);
        expect(left.every((flag, v) => flag <= held[v]!)).toBe(true);
        expect([0, 1]).toContain(lost);
        expect(left.includes(1)).toBe(true);
        without += lost;
      });
      one.inputs.modalities.forEach(({ x, mask }, v) => {
        expect(two.inputs.modalities[v]!.x.dataSync()).toEqual(x.dataSync());
        expect(two.inputs.modalities[v]!.mask.dataSync()).toEqual(mask.dataSync());
      });
      one.dispose();
      two.dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
    if (rate === 0) expect(without).toBe(0);
    // All 80 but those of the two rows that have the first modality alone, 0 and 3.
    if (rate === 1) expect(without).toBe(76);
  },
);

test.each([-0.1, 1.1, NaN])('refuses a rate of %s', (rate) => {
  const source = minibatches({
    data: { modalities: [{ x: numbers }] },
    batchSize: 10,
    random: randomSource(1),
  });
  expect(() => modalityDropout(source, { present: [], rate, random: randomSource(1) })).toThrow(
    expect.objectContaining({ code: 'option' }),
  );
});
