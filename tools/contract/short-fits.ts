const blocks = { epochs: 2, batchSize: 12 };
const joint = { pretrainSteps: 2, steps: 2 };

/** Options that make fits of small data short, by method: of its default training, and of its paper's. */
export const SHORT_FITS: Readonly<
  Record<
    string,
    { readonly default: Readonly<Record<string, unknown>>; readonly paper: Readonly<Record<string, unknown>> }
  >
> = {
  exact: { default: {}, paper: {} },
  dmsc: { default: blocks, paper: joint },
  'cmsc-dcca': { default: { ...blocks, latentUnits: 4 }, paper: { ...joint, latentUnits: 4 } },
  eamc: {
    default: { contrastEpochs: 2, headEpochs: 2, epochs: 3, leastSteps: 0, batchSize: 12 },
    paper: { epochs: 1, runs: 1, batchSize: 12 },
  },
  dmim: {
    default: { overclusteringSteps: 4, steps: 4, refreshEvery: 2 },
    paper: { steps: 4, learningRate: 1e-3 },
  },
  dm2c: {
    default: { pretrainEpochs: 1, epochs: 2, batchSize: 12, criticWarmup: 2 },
    paper: { pretrainEpochs: 1, epochs: 1, batchSize: 12 },
  },
};

/** Options that the contract gives to clusterers by name: of a consensus, whose members keep it themselves, the fits are short. */
export const CONTRACT_OPTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  createConsensus: {
    members: [
      { method: 'exact', options: { graphs: 'C5' } },
      { method: 'dmim', options: { overclusteringSteps: 60, steps: 60 } },
      { method: 'dmsc', options: { epochs: 4, batchSize: 12 } },
      {
        method: 'eamc',
        options: { contrastEpochs: 8, headEpochs: 8, epochs: 8, leastSteps: 0, batchSize: 12 },
      },
    ],
  },
};
