import type { Initialiser } from './initialiser.js';
import { fill } from './fill.js';

/**
 * Xavier's normal start: `w ~ N(0, 2 / (fanIn + fanOut))`.
 *
 * @see Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS 2010, Eq. 12
 */
export const xavierNormal: Initialiser = (shape, { fanIn, fanOut }, random) => {
  const deviation = Math.sqrt(2 / (fanIn + fanOut));
  return fill(shape, () => deviation * random.normal());
};
