import { checkSchedule } from './check-schedule.js';
import type { Schedule } from './schedule.js';

/** What {@link cosine} takes. */
export interface CosineOptions {
  /** Rate at step 0, 0 or more. */
  readonly rate: number;
  /** Rate at step `steps` and after. @defaultValue 0 */
  readonly finalRate?: number;
  /** Steps of the fall, 1 or more; its own, not the loop's. */
  readonly steps: number;
}

/**
 * Falls along half a cosine: `final + (rate - final) (1 + cos(pi t / steps)) / 2`, and stays at the final rate.
 *
 * @throws CrossmodalError `option` when a setting is out of range.
 * @see Loshchilov and Hutter, SGDR, ICLR 2017, Eq. 5
 */
export function cosine({ rate, finalRate = 0, steps }: CosineOptions): Schedule {
  checkSchedule('cosine', { rate: [rate, 0], finalRate: [finalRate, 0], steps: [steps, 1] });
  return (step) => finalRate + ((rate - finalRate) * (1 + Math.cos(Math.PI * Math.min(1, step / steps)))) / 2;
}
