/** Rows up to which neighbours are searched exactly by default: up to here it takes seconds at most, and results stay those of all products. */
export const EXACT_ROWS = 20_000;
