import type { Modality } from '@crossmodal/core';
import type { Warning } from '../../warnings.js';
import type { ModalityDescription } from './modality-description.js';

/** A modality that was read, and what is to be said of how. */
export interface LoadedModality {
  readonly modality: Modality;
  readonly description: ModalityDescription;
  readonly warnings: readonly Warning[];
}
