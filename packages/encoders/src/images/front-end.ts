import type { NetworkInput } from '@crossmodal/transforms';

/** A fixed first convolution, as plain data. */
export interface FixedConvolution {
  /** Channels out. */
  readonly filters: number;
  /** Side of the kernels. */
  readonly kernelSize: number;
  /** Side of the windows that are averaged. */
  readonly pool: number;
  /** Row-major, shape `[kernelSize, kernelSize, channels, filters]`. */
  readonly kernel: Float32Array;
}

/** A fitted front end of one modality, as plain data: nothing to dispose of. */
export interface FrontEnd {
  /** How samples are scaled. */
  readonly input: NetworkInput;
  /** What images go through after that; vectors have none. */
  readonly convolution?: FixedConvolution | undefined;
}
