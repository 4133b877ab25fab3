import type { Initialiser } from './initialiser.js';
import { fill } from './fill.js';

/**
 * He's uniform start for rectified layers: `w ~ U(-a, a)` with `a = sqrt(6 / fanIn)`, so the variance is `2 / fanIn`.
 *
 * @see He et al., Delving Deep into Rectifiers, ICCV 2015, Eq. 10
 */
export const heUniform: Initialiser = (shape, { fanIn }, random) => {
  const bound = Math.sqrt(6 / fanIn);
  return fill(shape, () => bound * (2 * random.uniform() - 1));
};
