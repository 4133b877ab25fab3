import type { Modality } from '@crossmodal/core';
import type { Warning } from '../../warnings.js';

/** What is odd about the features that a method is given: modalities that say nothing, or the same as another. */
export function inspectModalities(modalities: readonly Modality[]): readonly Warning[] {
  const warnings: Warning[] = [];
  modalities.forEach((modality, v) => {
    if (isConstant(modality)) {
      const message = `modality '${modality.name}' is the same in every row, so it cannot tell objects apart.`;
      warnings.push({ code: 'constant-modality', message });
      return;
    }
    const twin = modalities.slice(0, v).find((earlier) => isEqual(earlier, modality));
    if (twin === undefined) return;
    const message = `modality '${modality.name}' holds the same values as '${twin.name}', which then count twice.`;
    warnings.push({ code: 'duplicated-modality', message });
  });
  return warnings;
}

/** Whether all rows that are present are equal; a single row is no sign of it. */
function isConstant({ features, present }: Modality): boolean {
  const { rows, columns, values } = features;
  let first: number | undefined;
  let seen = 0;
  for (let i = 0; i < rows; i++) {
    if (present?.[i] === 0) continue;
    first ??= i;
    seen++;
    for (let j = 0; j < columns; j++) {
      if (values[i * columns + j] !== values[first * columns + j]) return false;
    }
  }
  return seen > 1;
}

function isEqual(a: Modality, b: Modality): boolean {
  return (
    a.features.columns === b.features.columns &&
    a.features.values.length === b.features.values.length &&
    a.features.values.every((value, p) => value === b.features.values[p])
  );
}
