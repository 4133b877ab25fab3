import type {
  AssignmentOverlapOptions,
  CauchySchwarzOptions,
  GaussianKernelOptions,
  GeneratorForm,
  SimplexOptions,
} from '@crossmodal/losses';
import type { ClusteringTerm } from './clustering-term.js';
import type { NetworkDesign } from './create-network.js';

/** Everything that decides a training, whatever the preset. */
export interface TrainingSettings {
  readonly design: NetworkDesign;
  /** What comes before; none starts from random weights. */
  readonly start?: StartSettings;
  readonly epochs: number;
  /** Steps of every stage at least, however few samples there are; a stage of no epochs has none. */
  readonly leastSteps: number;
  readonly batchSize: number;
  /** Share of the samples with several modalities that go without one of them at a step, when some samples of the fit lack modalities. */
  readonly withoutRate: number;
  /** Trainings from different starts; that of the smallest clustering loss is kept. */
  readonly runs: number;
  /** Whether rates but that of the discriminators fall along a cosine to 0. */
  readonly cosine: boolean;
  /** Adam's rates, one a part. */
  readonly rates: {
    readonly encoders: number;
    readonly attention: number;
    readonly head: number;
    readonly discriminators: number;
  };
  /** Decay of Adam's first moment, of discriminators and of everything else. */
  readonly momentum: { readonly discriminators: number; readonly others: number };
  /** Largest norm of the gradients of a step. */
  readonly clipNorm: number;
  /** Steps of everything else to one of the discriminators. */
  readonly generatorSteps: number;
  readonly adversary: {
    readonly weight: number;
    readonly form: GeneratorForm;
    /** Share of the training before the adversary takes part, and share in which its weight then grows. */
    readonly start: number;
    readonly ramp: number;
  };
  /** Weight of the divergence of pairs of neighbours; of no effect without a start. */
  readonly pairWeight: number;
  readonly attentionWeight: number;
  readonly attentionReduction: 'sum' | 'mean';
  /** The terms of the clustering loss. */
  readonly terms: readonly ClusteringTerm[];
  /** Whose kernel the divergences see. */
  readonly kernelOf: 'fused' | 'hidden';
  readonly kernel: GaussianKernelOptions;
  readonly separation: CauchySchwarzOptions;
  readonly simplex: SimplexOptions;
  readonly orthogonality: AssignmentOverlapOptions;
}

/** How encoders, attention and head get their start, without labels. */
export interface StartSettings {
  /** Neighbours of each sample among which its partners are drawn. */
  readonly neighbours: number;
  /** Epochs on the contrast of neighbours, for encoders and attention. */
  readonly contrastEpochs: number;
  /** Temperature of that contrast. */
  readonly contrastTemperature: number;
  /** Epochs on the clusters of k-means, for the head. */
  readonly headEpochs: number;
  /** Adam's rate of both, at the start of a cosine to 0 for the first. */
  readonly rate: number;
}
