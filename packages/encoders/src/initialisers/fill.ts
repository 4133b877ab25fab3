/** Fills row-major values of a shape with one draw each. */
export function fill(shape: readonly number[], draw: () => number): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < values.length; i++) values[i] = draw();
  return values;
}
