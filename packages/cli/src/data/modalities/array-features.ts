import { arrayToMatrix, describeArray, type ArrayValue } from '@crossmodal/io';
import type { Warning } from '../../warnings.js';
import type { ModalitySpec } from '../grammar/modality-spec.js';
import { arrayLayout } from './images/array-layout.js';
import { reverseAxes } from './reverse-axes.js';
import type { StoredFeatures } from './stored-features.js';

/**
 * Features of an array or a sparse matrix, rows first.
 *
 * @throws CrossmodalError `shape` when it holds no numbers, no rows or no columns; `option` when axes are named of what has no channels.
 */
export function arrayFeatures(spec: ModalitySpec, name: string, stored: ArrayValue): StoredFeatures {
  const where = `modality '${name}'`;
  const { value: numbers, warnings } = asDoubles(name, stored);
  const value = spec.transpose ? reverseAxes(numbers) : numbers;
  const matrix = arrayToMatrix(value, { where });
  const description = describeArray(value);
  const { warnings: told, ...layout } = arrayLayout(
    spec,
    name,
    value.kind === 'array' ? { shape: value.shape, description } : { description },
  );
  return { name, matrix, ...layout, leftOut: [], warnings: [...warnings, ...told] };
}

/** Whole numbers beyond 2^53, such as nanoseconds since 1970, as the nearest doubles, which is said. */
function asDoubles(
  name: string,
  stored: ArrayValue,
): { readonly value: ArrayValue; readonly warnings: readonly Warning[] } {
  if (stored.kind !== 'integers') return { value: stored, warnings: [] };
  const values = Float64Array.from(stored.values as ArrayLike<bigint>, Number);
  return { value: { kind: 'array', shape: stored.shape, values }, warnings: [roundingWarning(name)] };
}

/** Says that whole numbers became the nearest doubles. */
export function roundingWarning(name: string): Warning {
  const message = `modality '${name}' holds whole numbers beyond 2^53, read as the nearest doubles.`;
  return { code: 'precision', message };
}
