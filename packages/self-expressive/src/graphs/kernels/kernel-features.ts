import type { DenseMatrix } from '@crossmodal/core';

/** Prepared features of one modality, from which kernels are made. */
export interface KernelFeatures {
  /** Shape `[n, d]`, rows usually of unit length, zero where absent. */
  readonly features: DenseMatrix;
  /** 1 where the row is present, length `n`; left out when all are. */
  readonly present?: Uint8Array;
}
