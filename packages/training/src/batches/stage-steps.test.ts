import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { stageSteps } from './stage-steps.js';

const count = fc.integer({ min: 1, max: 50 });

test.prop([count, count, count])(
  'epochs, but some steps at least; none without epochs (epochs, steps per epoch, least)',
  (epochs, stepsPerEpoch, least) => {
    expect(stageSteps({ epochs, stepsPerEpoch })).toBe(epochs * stepsPerEpoch);
    expect(stageSteps({ epochs, stepsPerEpoch, least })).toBe(Math.max(epochs * stepsPerEpoch, least));
    expect(stageSteps({ epochs: 0, stepsPerEpoch, least })).toBe(0);
  },
);
