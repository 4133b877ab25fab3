import type { ResolvedPaperOptions } from './eamc-options.js';
import type { TrainingSettings } from './training-settings.js';

/** Decay of Adam's first moment and largest gradient norm, of the public code; the paper is silent. */
const momentum = { discriminators: 0.5, others: 0.95 };
const clipNorm = 0.5;

/** How the paper trains, as its text or its public code has it. */
export function paperSettings(options: ResolvedPaperOptions): TrainingSettings {
  const text = options.reading === 'text';
  const normaliser = text ? 'clusters' : 'pairs';
  const distance = text ? 'euclidean' : 'squared';
  return {
    design: {
      encoder: [{ units: 200 }, { units: 200 }, { units: 500 }],
      head: [{ units: 100, batchNorm: text ? false : 'afterActivation' }],
      normaliseLogits: text,
      unitRows: false,
      attentionStart: 1,
      temperature: options.attention ? options.temperature : undefined,
      adversary: options.adversary,
      discriminator: [256, 256, 128],
    },
    epochs: options.epochs,
    leastSteps: 0,
    batchSize: options.batchSize,
    withoutRate: 0,
    runs: options.runs,
    cosine: false,
    rates: {
      encoders: options.encoderRate,
      attention: options.attentionRate,
      head: options.headRate,
      discriminators: options.discriminatorRate,
    },
    momentum,
    clipNorm,
    generatorSteps: options.generatorSteps,
    adversary: {
      weight: options.adversaryWeight,
      form: text ? 'minimax' : 'nonSaturating',
      start: 0,
      ramp: 0,
    },
    pairWeight: 0,
    attentionWeight: 1,
    attentionReduction: 'sum',
    terms: options.terms,
    kernelOf: text ? 'fused' : 'hidden',
    kernel: { distance, width: text ? 'median' : 'medianSquare' },
    separation: { normaliser },
    simplex: { normaliser, distance },
    orthogonality: { normaliser: text ? 'none' : 'pairs' },
  };
}
