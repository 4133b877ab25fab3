import { weightCount } from './weight-count.js';

/** Fills row-major values of a shape with one draw each. */
export function fill(shape: readonly number[], draw: () => number): Float32Array {
  const values = new Float32Array(weightCount(shape));
  for (let i = 0; i < values.length; i++) values[i] = draw();
  return values;
}
