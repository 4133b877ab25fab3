import { arrayToMatrix, describeArray, type ArrayValue } from '@crossmodal/io';
import { usageError } from '../../errors/usage-error.js';
import type { Warning } from '../../warnings.js';
import type { ModalitySpec } from '../grammar/modality-spec.js';
import { imageAxes, type ImageAxes } from './image-axes.js';
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
  const image = value.kind === 'array' ? imageAxes(spec, value.shape) : undefined;
  if (
    spec.axes !== undefined &&
    spec.image === undefined &&
    (value.kind !== 'array' || value.shape.length !== 4)
  ) {
    throw usageError(`${where} key 'axes'`, 'an array of four axes, or image=HxWxC', describeArray(value));
  }
  return {
    name,
    matrix,
    ...(image === undefined ? {} : { image }),
    leftOut: [],
    readAs: readAs(spec, value, image),
    warnings: [
      ...warnings,
      ...(image?.isGuess === true && spec.image === undefined ? [axesWarning(name, value, image)] : []),
    ],
  };
}

/** Whole numbers beyond 2^53, such as nanoseconds since 1970, as the nearest doubles, which is said. */
function asDoubles(
  name: string,
  stored: ArrayValue,
): { readonly value: ArrayValue; readonly warnings: readonly Warning[] } {
  if (stored.kind !== 'integers') return { value: stored, warnings: [] };
  const values = Float64Array.from(stored.values as ArrayLike<bigint>, Number);
  const message = `modality '${name}' holds whole numbers beyond 2^53, read as the nearest doubles.`;
  return {
    value: { kind: 'array', shape: stored.shape, values },
    warnings: [{ code: 'precision', message }],
  };
}

function readAs(spec: ModalitySpec, value: ArrayValue, image: ImageAxes | undefined): string {
  const array = `${describeArray(value)}${spec.transpose ? ', transposed' : ''}`;
  if (image === undefined) return array;
  const orders = { row: 'channels last', planes: 'channels first', column: 'in column order' };
  return image.channels === 1 && image.order === 'row'
    ? `${array}, images`
    : `${array}, images, ${orders[image.order]}`;
}

function axesWarning(name: string, value: ArrayValue, { height, width, channels }: ImageAxes): Warning {
  return {
    code: 'axes',
    message:
      `modality '${name}' is ${describeArray(value)}, read with its channels first, as ${height}x${width} images of ` +
      `${channels} ${channels === 1 ? 'channel' : 'channels'}; axes=nhwc reads it otherwise, axes=nchw says that this is right.`,
  };
}
