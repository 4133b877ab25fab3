import { csrMatrix, type CsrMatrix, type DenseMatrix, type FloatArray } from '@crossmodal/core';
import * as z from 'zod';

/** Schema of an array of single precision, restored from a saved model. */
export const float32 = z.instanceof(Float32Array);
/** Schema of an array of double precision. */
export const float64 = z.instanceof(Float64Array);
/** Schema of an array of whole numbers. */
export const int32 = z.instanceof(Int32Array);
/** Schema of presence flags, 0 or 1. */
export const flags = z
  .instanceof(Uint8Array)
  .refine((values) => values.every((flag) => flag <= 1), 'flags of 0 and 1');

function dense<T extends FloatArray>(values: z.ZodType<T>): z.ZodType<DenseMatrix<T>> {
  return z
    .object({ kind: z.literal('dense'), rows: z.int().min(0), columns: z.int().min(0), values })
    .refine(
      ({ rows, columns, values: all }) => all.length === rows * columns,
      'as many values as the shape has',
    ) as z.ZodType<DenseMatrix<T>>;
}

/** Schema of a dense matrix of single precision. */
export const matrix32: z.ZodType<DenseMatrix<Float32Array>> = dense(float32);
/** Schema of a dense matrix of double precision. */
export const matrix64: z.ZodType<DenseMatrix<Float64Array>> = dense(float64);

/** Schema of a sparse matrix of single precision, its structure checked. */
export const csr32: z.ZodType<CsrMatrix<Float32Array>> = z.custom<CsrMatrix<Float32Array>>((value) => {
  if (typeof value !== 'object' || value === null) return false;
  const { rows, columns, rowOffsets, columnIndices, values } = value as CsrMatrix<Float32Array>;
  if (!(values instanceof Float32Array)) return false;
  try {
    csrMatrix(rows, columns, rowOffsets, columnIndices, values);
    return true;
  } catch {
    return false;
  }
}, 'a sparse matrix');

/** Schema of the name and the shape of a modality, to which a method's own schema adds the rest. */
export const inputDescription = z.object({ name: z.string(), shape: z.array(z.int().min(1)).min(1) });
