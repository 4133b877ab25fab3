import type { ResolvedDefaultOptions } from './eamc-options.js';
import type { TrainingSettings } from './training-settings.js';

/** How the default preset trains. */
export function defaultSettings(options: ResolvedDefaultOptions): TrainingSettings {
  const { learningRate } = options;
  return {
    design: {
      encoder: [
        { units: options.hiddenUnits, batchNorm: true },
        { units: options.latentUnits, activation: 'linear' },
      ],
      head: [{ units: options.headUnits, batchNorm: 'afterActivation' }],
      normaliseLogits: false,
      unitRows: true,
      attentionStart: 0.1,
      temperature: options.attention ? options.temperature : undefined,
      adversary: options.adversary,
      discriminator: [256, 128],
    },
    start: {
      neighbours: options.neighbours,
      contrastEpochs: options.contrastEpochs,
      contrastTemperature: options.contrastTemperature,
      headEpochs: options.headEpochs,
      rate: learningRate,
    },
    epochs: options.epochs,
    leastSteps: options.leastSteps,
    batchSize: options.batchSize,
    withoutRate: 0.8,
    runs: options.runs,
    cosine: true,
    rates: {
      encoders: options.encoderRate,
      attention: learningRate,
      head: learningRate,
      discriminators: options.discriminatorRate,
    },
    momentum: { discriminators: 0.5, others: 0.9 },
    clipNorm: 5,
    generatorSteps: 2,
    adversary: { weight: options.adversaryWeight, form: 'nonSaturating', start: 0.25, ramp: 0.25 },
    pairWeight: options.pairWeight,
    attentionWeight: options.attentionWeight,
    attentionReduction: 'mean',
    terms: options.terms,
    kernelOf: 'hidden',
    kernel: { medianRows: 50 },
    separation: {},
    simplex: {},
    orthogonality: { reduction: 'sampleMean' },
  };
}
