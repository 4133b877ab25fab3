/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Whether two shapes are the same. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** The shape that NumPy-style broadcasting of all shapes gives; they are known to be compatible. */
export function broadcastShape(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    const offset = rank - shape.length;
    for (const [axis, extent] of shape.entries()) if (extent !== 1) result[axis + offset] = extent;
  }
  return result;
}

/** The permutation that undoes another. */
export function inversePermutation(permutation: readonly number[]): number[] {
  const inverse = new Array<number>(permutation.length);
  for (const [to, from] of permutation.entries()) inverse[from] = to;
  return inverse;
}

/** A shape with its axes in another order. */
export function permuteShape(shape: readonly number[], permutation: readonly number[]): number[] {
  return permutation.map((axis) => shape[axis]!);
}

/** Whether a permutation only moves axes of extent one, so that the memory order stays. */
export function keepsMemoryOrder(shape: readonly number[], permutation: readonly number[]): boolean {
  const moved = permutation.filter((axis) => shape[axis] !== 1);
  return moved.every((axis, index) => index === 0 || moved[index - 1]! < axis);
}
