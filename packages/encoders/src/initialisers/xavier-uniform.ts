import type { Initialiser } from './initialiser.js';
import { fill } from './fill.js';

/**
 * Xavier's uniform start: `w ~ U(-a, a)` with `a = sqrt(6 / (fanIn + fanOut))`, so the variance is `2 / (fanIn + fanOut)`.
 *
 * @see Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010, Eq. 16
 */
export const xavierUniform: Initialiser = (shape, { fanIn, fanOut }, random) => {
  const bound = Math.sqrt(6 / (fanIn + fanOut));
  return fill(shape, () => bound * (2 * random.uniform() - 1));
};
