import { CrossmodalError } from '../errors.js';
import type { MultiModalData } from '../modality.js';

/**
 * Refuses features that are not finite in a row that is present. Modalities are made of finite values, but their arrays can be written to
 * afterwards.
 *
 * @throws CrossmodalError `value` naming the modality and the first such value.
 */
export function checkFiniteModalities(where: string, data: Pick<MultiModalData, 'modalities'>): void {
  for (const { name, features, present } of data.modalities) {
    const { columns, values } = features;
    for (let p = 0; p < values.length; p++) {
      if (Number.isFinite(values[p])) continue;
      const row = Math.floor(p / columns);
      if (present?.[row] === 0) continue;
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: `finite values in modality '${name}'`,
        received: `${values[p]} at row ${row}, column ${p % columns}`,
        advice: 'Something wrote to its array after the modality was made.',
      });
    }
  }
}
