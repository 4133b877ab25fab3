import type { Modality, MultiModalData } from '@crossmodal/core';
import type { Warning } from '../warnings.js';

/** Features up to which exact is at its weakest. */
const FEW = 3;

/** Says which modalities have so few features that groups which overlap in them may come out worse than by k-means. */
export function fewFeatures({ modalities }: MultiModalData): readonly Warning[] {
  return modalities.flatMap((modality): readonly Warning[] => {
    const { columns } = modality.features;
    if (modality.kind !== 'vectors' || columns > FEW) return [];
    const what =
      columns === 1
        ? `one feature${isNegativeSomewhere(modality) ? '' : ', which is never negative'}`
        : `${columns} features${columns > 2 ? ', of which exact keeps the direction of a row, not its length' : ''}`;
    const message = `modality '${modality.name}' has ${what}: exact is made for many, and groups may come out worse; compare with k-means or dmsc.`;
    return [{ code: 'few-features', message }];
  });
}

function isNegativeSomewhere({ features }: Modality): boolean {
  return features.values.some((value) => value < 0);
}
