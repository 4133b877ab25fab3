import type { Evaluation } from '@crossmodal/metrics';
import type { ModalityDescription } from './data/modalities/modality-description.js';
import type { Warning } from './warnings.js';

/** What `crossmodal cluster --json` prints, and `result.json` holds. */
export interface ClusterResult {
  readonly method: string;
  readonly preset: string;
  readonly backend: string;
  /** Seed of the run whose labels these are. */
  readonly seed: number;
  /** Objects. */
  readonly n: number;
  readonly clusters: number;
  /** How each modality was read. */
  readonly modalities: readonly ModalityDescription[];
  /** What stderr warned of. */
  readonly warnings: readonly Warning[];
  /** Cluster of each object, `0..clusters-1`. */
  readonly labels: readonly number[];
  /** Scores against `--labels`; `null` without them. */
  readonly metrics: Evaluation | null;
  /** Seconds of wall time: reading, and of that run the stages of the fit; `total` is the whole command. */
  readonly seconds: {
    readonly read: number;
    readonly fit: number;
    readonly affinity: number;
    readonly assign: number;
    readonly total: number;
  };
  /** The most memory the process ever held. */
  readonly peakMemoryBytes: number;
  /** Final value of each loss term, unweighted. */
  readonly history: Readonly<Record<string, number>>;
  /** How much each modality counted, where the method weighs modalities. */
  readonly modalityWeights?: Readonly<Record<string, number>>;
  /** What each member counted, where the method is a consensus. */
  readonly members?: readonly MemberResult[];
  /** Every option of the method, defaults resolved. */
  readonly options: Readonly<Record<string, unknown>>;
  /** All runs, when `--runs` asked for more than one. */
  readonly runs?: RunSummary;
}

/** One member of a consensus. */
export interface MemberResult {
  /** Its method, with a number where several members have it. */
  readonly name: string;
  /** Seed of its fit. */
  readonly seed: number;
  /** `recovered` and `left out`: its training diverged. */
  readonly outcome: 'fitted' | 'recovered' | 'left out';
  /** Mean adjusted Rand index with the members that agree most with it; none where it was left out. */
  readonly support?: number;
  /** Of sum 1 over members; none where it was left out. */
  readonly weight?: number;
}

/** Several runs with consecutive seeds. */
export interface RunSummary {
  /** How the run whose labels are reported was picked; never by labels. */
  readonly pickedBy: string;
  /** Seed of that run. */
  readonly pickedSeed: number;
  readonly each: readonly {
    readonly seed: number;
    /** Value of the criterion, the lower the better. */
    readonly criterion: number;
    readonly metrics: Evaluation | null;
    /** Seconds of this fit. */
    readonly seconds: number;
  }[];
  /** Mean over runs of each score. */
  readonly mean: Evaluation | null;
  /** Standard deviation over runs of each score (division by the number of runs). */
  readonly std: Evaluation | null;
}
