import type { FloatArray } from '@crossmodal/core';

/** Guards the division of a row by its norm: a row of zeros stays zero, every other row is far above it. */
export const NORM_FLOOR = 1e-12;

/**
 * Below this norm a row of unit length minus the means is rounding: the relative spacing of the numbers that keep the means is 2^-23 in
 * 4 bytes and 2^-52 in 8, so that equal rows differ from their own mean by as much, and by what summing over many rows adds.
 */
const centredFloor = (means: FloatArray): number => (means instanceof Float32Array ? 2 ** -22 : 2 ** -46);

/** Replaces each x of a row by `sign(x) sqrt(|x|)`. */
export function rootInPlace(row: Float64Array): void {
  for (let j = 0; j < row.length; j++) {
    const x = row[j]!;
    row[j] = x < 0 ? -Math.sqrt(-x) : Math.sqrt(x);
  }
}

/** Divides a row by `max(its L2 norm, 1e-12)`. */
export function unitInPlace(row: Float64Array): void {
  let squares = 0;
  for (let j = 0; j < row.length; j++) squares += row[j]! * row[j]!;
  if (squares === Infinity) {
    // The squares of doubles beyond 1e154 are too large, those of the row divided by its largest value are not.
    const largest = row.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    if (largest < Infinity) {
      for (let j = 0; j < row.length; j++) row[j] = row[j]! / largest;
      unitInPlace(row);
      return;
    }
  }
  const scale = 1 / Math.max(Math.sqrt(squares), NORM_FLOOR);
  for (let j = 0; j < row.length; j++) row[j] = row[j]! * scale;
}

/** Subtracts `means` from a row of unit length and divides what is left by its norm; where that is rounding alone, zeros. */
export function centreUnitInPlace(row: Float64Array, means: FloatArray): void {
  subtractInPlace(row, means);
  let squares = 0;
  for (let j = 0; j < row.length; j++) squares += row[j]! * row[j]!;
  if (Math.sqrt(squares) < centredFloor(means)) row.fill(0);
  else unitInPlace(row);
}

/**
 * Distance of the plane of rows from the centre of the sphere, in deviations. Of 1, 2 and 4 the best on groups in the plane: nearer, rows far out
 * are crowded at the rim; far enough that distances on the sphere are in proportion to those on the plane for most rows.
 */
const PLANE_DISTANCE = 4;

/** Projects a row, all but its last place, onto a sphere: `x <- (z, 4) / |(z, 4)|`. */
export function ontoSphereInPlace(row: Float64Array): void {
  row[row.length - 1] = PLANE_DISTANCE;
  unitInPlace(row);
}

/** Subtracts `means` from a row. */
export function subtractInPlace(row: Float64Array, means: FloatArray): void {
  for (let j = 0; j < row.length; j++) row[j] = row[j]! - means[j]!;
}
