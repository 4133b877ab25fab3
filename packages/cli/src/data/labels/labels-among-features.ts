import type { Modality } from '@crossmodal/core';
import type { LabelArray } from '@crossmodal/io';
import type { Warning } from '../../warnings.js';

/** Names features that tell the classes apart one by one, as the labels themselves do: most likely they are the labels. */
export function labelsAmongFeatures(modalities: readonly Modality[], labels: LabelArray): readonly Warning[] {
  return modalities.flatMap((modality): readonly Warning[] => {
    if (modality.kind !== 'vectors' || modality.features.rows !== labels.length) return [];
    const columns = Array.from({ length: modality.features.columns }, (_, j) => j).filter((j) =>
      isRenaming(modality, j, labels),
    );
    if (columns.length === 0) return [];
    const message =
      `feature ${columns[0]} of modality '${modality.name}', counted from 0, has one value for each class: ` +
      'if it is the labels, leave it out, since labels must not be clustered.';
    return [{ code: 'labels-among-features', message }];
  });
}

/** Whether values and classes name each other, over two classes or more of which one has two rows. */
function isRenaming({ features, present }: Modality, j: number, labels: LabelArray): boolean {
  const classOf = new Map<number, number | string>();
  const valueOf = new Map<number | string, number>();
  let rows = 0;
  for (let i = 0; i < features.rows; i++) {
    if (present?.[i] === 0) continue;
    rows++;
    const [value, label] = [features.values[i * features.columns + j]!, labels[i]!];
    if ((classOf.get(value) ?? label) !== label || (valueOf.get(label) ?? value) !== value) return false;
    classOf.set(value, label);
    valueOf.set(label, value);
  }
  return classOf.size > 1 && classOf.size < rows;
}
