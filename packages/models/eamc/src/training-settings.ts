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
  readonly epochs: number;
  readonly batchSize: number;
  /** Trainings from different starts; that of the smallest clustering loss is kept. */
  readonly runs: number;
  /** Whether rates fall along a cosine to 0. */
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
    /** Share of the training before the adversary takes part. */
    readonly start: number;
  };
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
