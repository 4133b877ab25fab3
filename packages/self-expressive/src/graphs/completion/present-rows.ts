import type { KernelFeatures } from '../kernels/kernel-features.js';

/** Indices of the samples that are present, ascending. */
export function presentRows({ features, present }: KernelFeatures): Int32Array {
  const all = Int32Array.from({ length: features.rows }, (_, i) => i);
  return present === undefined ? all : all.filter((i) => present[i] !== 0);
}
