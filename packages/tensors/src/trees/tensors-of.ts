import type { DenseMatrix, SampleArray } from '@crossmodal/core';
import type { tf } from '../tf.js';

/**
 * The batch that is taken from a tree of sample arrays: every {@link SampleArray} becomes a tensor, records, lists and absent values stay.
 *
 * `{ x: SampleArray; mask?: SampleArray }[]` becomes `{ x: tf.Tensor; mask?: tf.Tensor }[]`.
 */
export type TensorsOf<T> = T extends SampleArray
  ? tf.Tensor
  : T extends readonly (infer Item)[]
    ? readonly TensorsOf<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: TensorsOf<T[Key]> }
      : T;

/** The sample arrays that a batch of tensors is taken from: the inverse of {@link TensorsOf}. */
export type SamplesOf<T> = T extends tf.Tensor
  ? SampleArray
  : T extends readonly (infer Item)[]
    ? readonly SamplesOf<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: SamplesOf<T[Key]> }
      : T;

/** What evaluating a tree of tensors for many rows gives: every tensor becomes a matrix with the values of one sample in each row. */
export type MatricesOf<T> = T extends tf.Tensor
  ? DenseMatrix<Float32Array>
  : T extends readonly (infer Item)[]
    ? readonly MatricesOf<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: MatricesOf<T[Key]> }
      : T;
