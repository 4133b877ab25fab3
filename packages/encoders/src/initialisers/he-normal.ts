import type { Initialiser } from './initialiser.js';
import { fill } from './fill.js';

/**
 * He's normal start for rectified layers: `w ~ N(0, 2 / fanIn)`.
 *
 * @see He et al., Delving Deep into Rectifiers, ICCV 2015, Eq. 10
 */
export const heNormal: Initialiser = (shape, { fanIn }, random) => {
  const deviation = Math.sqrt(2 / fanIn);
  return fill(shape, () => deviation * random.normal());
};
