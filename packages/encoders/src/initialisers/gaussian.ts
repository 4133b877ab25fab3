import { CrossmodalError } from '@crossmodal/core';
import { fill } from './fill.js';
import type { Initialiser } from './initialiser.js';

/** What {@link gaussian} takes. */
export interface GaussianOptions {
  /** Above 0. @defaultValue 0.02 */
  readonly standardDeviation?: number;
}

/**
 * Makes the start `w ~ N(0, standardDeviation^2)`, whatever the layer's size.
 *
 * @throws CrossmodalError `option` when the deviation is not a positive number.
 */
export function gaussian({ standardDeviation = 0.02 }: GaussianOptions = {}): Initialiser {
  if (!(standardDeviation > 0 && Number.isFinite(standardDeviation))) {
    throw new CrossmodalError({
      code: 'option',
      where: "gaussian option 'standardDeviation'",
      expected: 'a positive number',
      received: String(standardDeviation),
    });
  }
  return (shape, _fans, random) => fill(shape, () => standardDeviation * random.normal());
}
