import { CrossmodalError, type DenseMatrix, type FloatArray, type ImageShape } from '@crossmodal/core';

/** How the pixels of flattened images are ordered. */
export interface ImageOrder extends ImageShape {
  /**
   * `row`: channels fastest, then columns, then rows, as this library keeps them; `column`: rows fastest, then
   * columns, then channels, as MATLAB flattens them; `planes`: columns fastest, then rows, then channels, one channel
   * after the other.
   */
  readonly order: 'row' | 'column' | 'planes';
}

/**
 * Brings flattened images `[n, height * width * channels]` into row-major order, channels last.
 *
 * @throws CrossmodalError `shape` when the rows have another length.
 */
export function reorderImages<T extends FloatArray>(
  features: DenseMatrix<T>,
  layout: ImageOrder,
): DenseMatrix<T> {
  const { height, width, channels = 1, order } = layout;
  const { rows, columns, values } = features;
  if (height * width * channels !== columns) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'reorderImages',
      expected: `${height} x ${width} x ${channels} = ${height * width * channels} values per row`,
      received: `${columns}`,
    });
  }
  if (order === 'row' || (order === 'planes' && channels === 1)) return features;
  const [down, across] = order === 'column' ? [1, height] : [width, 1];
  const result = values.slice() as T;
  for (let i = 0; i < rows; i++) {
    let target = i * columns;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < channels; c++) {
          result[target++] = values[i * columns + c * height * width + y * down + x * across]!;
        }
      }
    }
  }
  return { kind: 'dense', rows, columns, values: result };
}
