import type { Paired, SampleArray, DenseMatrix } from '@crossmodal/core';
import type { Fusion } from '@crossmodal/fusion';
import type { Helpers, MethodTypes, SeenLatents } from '@crossmodal/method';
import type { SelfExpressiveLayer } from '@crossmodal/self-expressive';
import type { PlayerTermAdjustment } from '@crossmodal/training';
import type { NetworkInput } from '@crossmodal/transforms';
import type { SubspaceState } from './subspace-state.js';

/** Samples of one modality as its encoder takes them. */
export interface ModalitySamples {
  /** Name of the modality. */
  readonly name: string;
  /** Scaled samples, zero where absent. */
  readonly x: SampleArray;
  /** 1 where the row is present, length `n`; left out when all are. */
  readonly present?: Uint8Array | undefined;
}

/** What a network of self-expressive latents says of samples. */
export interface SubspaceSeen extends SeenLatents {
  /** S, shape `[n, n]` without diagonal; only of training samples, and only where it was trained with the network. */
  readonly coefficients?: (() => DenseMatrix<Float32Array>) | undefined;
}

/** What training needs beside a network of self-expressive latents. */
export interface SubspaceHelpers extends Helpers {
  /** S, where it is trained. */
  readonly layer?: SelfExpressiveLayer | undefined;
}

/** Types of every method that clusters the self-expression of its latents. */
export interface SubspaceTypes extends MethodTypes {
  readonly data: Paired;
  readonly prepared: readonly NetworkInput[];
  readonly samples: readonly ModalitySamples[];
  readonly structure: undefined;
  readonly network: Fusion;
  readonly helpers: SubspaceHelpers;
  readonly seen: SubspaceSeen;
  readonly term: PlayerTermAdjustment<SubspaceState>;
  readonly report: object;
}
