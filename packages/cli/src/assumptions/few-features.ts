import type { Modality, MultiModalData } from '@crossmodal/core';
import type { Warning } from '../warnings.js';

/** Features up to which the length of a row is likely to tell as much as its direction. */
const FEW = 3;

/** Says which modalities have so few features that a method which keeps directions of rows alone loses what tells objects apart. */
export function fewFeatures({ modalities }: MultiModalData): readonly Warning[] {
  return modalities.flatMap((modality): readonly Warning[] => {
    const { columns } = modality.features;
    if (modality.kind !== 'vectors' || columns > FEW) return [];
    const what =
      columns === 1
        ? `one feature${isNegativeSomewhere(modality) ? '' : ', which is never negative'}, and exact keeps its sign alone`
        : `${columns} features, and exact keeps the direction of a row, not its length`;
    const message = `modality '${modality.name}' has ${what}: groups that differ in size alone are not told apart; scale=standard often mends it.`;
    return [{ code: 'few-features', message }];
  });
}

function isNegativeSomewhere({ features }: Modality): boolean {
  return features.values.some((value) => value < 0);
}
