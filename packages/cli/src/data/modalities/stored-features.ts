import type { DenseMatrix } from '@crossmodal/core';
import type { Warning } from '../../warnings.js';
import type { ImageAxes } from './images/image-axes.js';
import type { LeftOutColumn } from './modality-description.js';

/** Features as a file holds them, in its precision, before any key is applied but those that say how to read. */
export interface StoredFeatures {
  readonly name: string;
  /** Shape `[n, d]`. */
  readonly matrix: DenseMatrix;
  /** Where the array itself says that its rows are images. */
  readonly image?: ImageAxes;
  readonly leftOut: readonly LeftOutColumn[];
  readonly readAs: string;
  readonly warnings: readonly Warning[];
}
