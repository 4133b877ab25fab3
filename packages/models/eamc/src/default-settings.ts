import type { ResolvedDefaultOptions } from './eamc-options.js';
import type { TrainingSettings } from './training-settings.js';

/** How the default preset trains. */
export function defaultSettings(options: ResolvedDefaultOptions): TrainingSettings {
  const { learningRate } = options;
  return {
    design: {
      encoder: [
        { units: options.hiddenUnits, batchNorm: true },
        { units: options.latentUnits, batchNorm: true },
      ],
      head: [{ units: options.headUnits, batchNorm: 'afterActivation' }],
      normaliseLogits: false,
      temperature: options.attention ? options.temperature : undefined,
      adversary: options.adversary,
    },
    epochs: options.epochs,
    batchSize: options.batchSize,
    runs: options.runs,
    cosine: true,
    rates: {
      encoders: learningRate,
      attention: learningRate,
      head: learningRate,
      discriminators: options.discriminatorRate,
    },
    momentum: { discriminators: 0.5, others: 0.9 },
    clipNorm: 5,
    generatorSteps: 1,
    adversary: { weight: options.adversaryWeight, form: 'nonSaturating', start: 0.3 },
    attentionWeight: options.attentionWeight,
    attentionReduction: 'mean',
    terms: options.terms,
    kernelOf: 'hidden',
    kernel: {},
    separation: {},
    simplex: {},
    orthogonality: { reduction: 'sampleMean' },
  };
}
