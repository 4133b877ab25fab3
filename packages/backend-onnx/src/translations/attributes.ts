import * as tf from '@tensorflow/tfjs';
import type { KernelCall } from './translation.js';

/** The attributes of a kernel as its own type; TensorFlow.js hands them over untyped. */
export function attributesOf<Attributes>(call: KernelCall): Attributes {
  return call.attributes as unknown as Attributes;
}

/** Axes as a sorted list of non-negative numbers; none given means all. */
export function parseAxes(axis: number | number[] | undefined | null, shape: readonly number[]): number[] {
  return tf.util.parseAxisParam(axis as number | number[], [...shape]).sort((a, b) => a - b);
}
