import { gatherRows, type RandomSource } from '@crossmodal/core';
import type { CompletedFeatures } from '../completion/completed-features.js';
import type { KernelView } from './kernel-views.js';
import type { LandmarkModality } from './landmark-kernel.js';
import { drawLandmarks, landmarksOf } from './landmarks.js';

/** Options of {@link placeLandmarks}. */
export interface PlaceLandmarksOptions {
  /** Median squared distance of each modality. */
  readonly medians: readonly number[];
  /** Number of landmarks. */
  readonly landmarks: number;
  readonly random: RandomSource;
}

/** Landmarks of all kernels. */
export interface PlacedLandmarks {
  /** Rows that are landmarks, ascending. */
  readonly drawn: Int32Array;
  /** The landmarks as a kernel of one modality has them. */
  landmarksIn(v: number, kernel: Pick<KernelView, 'kernel' | 'width'>): Omit<LandmarkModality, 'given'>;
}

/** Draws landmarks, the same for whichever kernel of whichever modalities. */
export function placeLandmarks(
  fitted: readonly CompletedFeatures[],
  { medians, landmarks, random }: PlaceLandmarksOptions,
): PlacedLandmarks {
  const drawn = drawLandmarks(fitted, landmarks, random.fork('landmarks'));
  return {
    drawn,
    landmarksIn(v, { kernel, width }) {
      const modality = fitted[v]!;
      // Absent rows of a linear kernel are filled already.
      if (kernel === 'linear')
        return {
          fitted: modality,
          landmarks: { points: gatherRows(modality.features, drawn) },
          rate: undefined,
        };
      const rate = medians[v]! > 0 ? 1 / (width * medians[v]!) : 0;
      return { fitted: modality, landmarks: landmarksOf(modality, drawn), rate };
    },
  };
}
