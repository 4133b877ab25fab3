import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import type { ArrayValue } from '../arrays/array-value.js';

/** Name of the arrays of a model, in a directory or an archive. */
export const ARRAYS = 'arrays.npz';

/** The arrays of a saved model, by name. */
export interface ModelArrays {
  /**
   * Values of an array of any shape, all of them finite.
   *
   * @throws CrossmodalError `format` when there is none of that name, or a value is not finite.
   */
  vector(name: string): ArrayLike<number>;
  /**
   * An array of two axes, its values finite.
   *
   * @throws CrossmodalError `format` when there is none of that name, it has other axes, or a value is not finite.
   */
  matrix(name: string): DenseMatrix;
}

/** The arrays of a saved model, checked when they are asked for. */
export function modelArrays(where: string, arrays: ReadonlyMap<string, ArrayValue>): ModelArrays {
  const find = (name: string) => {
    const value = arrays.get(name);
    if (value?.kind !== 'array') throw damagedModel(where, ARRAYS, `no array '${name}'`);
    // Nothing that a fit leaves is other than finite, and all that is computed from such a value is wrong without a word.
    const bad = value.values.findIndex((x) => !Number.isFinite(x));
    if (bad >= 0) throw damagedModel(where, ARRAYS, `${value.values[bad]} at ${bad} of '${name}'`);
    return value;
  };
  return {
    vector: (name) => find(name).values,
    matrix(name) {
      const { shape, values } = find(name);
      if (shape.length !== 2) throw damagedModel(where, ARRAYS, `'${name}' of shape [${shape.join(', ')}]`);
      return denseMatrix(values, shape[0]!, shape[1]!);
    },
  };
}

/** The error for a saved model whose parts do not fit together. */
export function damagedModel(
  where: string,
  path: string,
  received: string,
  cause?: unknown,
): CrossmodalError {
  return new CrossmodalError({
    code: 'format',
    where: `${where} '${path}'`,
    expected: 'a model of this method, as save() writes it',
    received,
    cause,
  });
}
