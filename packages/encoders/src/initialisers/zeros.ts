import { fill } from './fill.js';
import type { Initialiser } from './initialiser.js';

/** Starts every value at 0: right for biases, and for layers whose symmetry something else breaks. */
export const zeros: Initialiser = (shape) => fill(shape, () => 0);
