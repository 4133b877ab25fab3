/**
 * Learning rate of each step, steps counted from 0.
 *
 * A schedule knows its own length and never that of the loop: so the first steps of a long run are the steps of a short one.
 */
export type Schedule = (step: number) => number;
