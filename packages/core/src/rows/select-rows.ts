import { CrossmodalError } from '../errors.js';
import { mixed, type Mixed, type Modality, type Paired } from '../modality.js';
import { gatherRows } from './gather-rows.js';

/**
 * Keeps the rows of the given numbers, in that order, of one modality, of every modality of paired data, or of mixed data, whose rows are
 * numbered modality after modality.
 *
 * @param indices - row numbers from 0; repeats are allowed; those of mixed data must name the modalities in their order
 * @throws CrossmodalError `value` when a number lies outside the rows, or behind one of a later modality of mixed data.
 */
export function selectRows<T extends Modality | Paired | Mixed>(data: T, indices: ArrayLike<number>): T;
export function selectRows(
  data: Modality | Paired | Mixed,
  indices: ArrayLike<number>,
): Modality | Paired | Mixed {
  if (data.kind === 'paired') {
    const modalities = data.modalities.map((modality) => selectRows(modality, indices));
    return { ...data, n: indices.length, modalities };
  }
  if (data.kind === 'mixed') return selectMixed(data, indices);
  const features = gatherRows(data.features, indices, 'selectRows');
  if (!data.present) return { ...data, features };
  return { ...data, features, present: Uint8Array.from(indices, (i) => data.present![i]!) };
}

function selectMixed(data: Mixed, indices: ArrayLike<number>): Mixed {
  const chosen = data.modalities.map((): number[] => []);
  let latest = 0;
  for (let k = 0; k < indices.length; k++) {
    let v = 0;
    let row = indices[k]!;
    while (v < chosen.length - 1 && row >= data.modalities[v]!.features.rows) {
      row -= data.modalities[v++]!.features.rows;
    }
    if (v < latest) {
      throw new CrossmodalError({
        code: 'value',
        where: 'selectRows',
        expected: 'rows of mixed data modality after modality',
        received: `row ${indices[k]!} of modality ${v} behind one of modality ${latest}`,
      });
    }
    latest = v;
    chosen[v]!.push(row);
  }
  return mixed(data.modalities.map((modality, v) => selectRows(modality, chosen[v]!)));
}
