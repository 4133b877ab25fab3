import { checkSchedule } from './check-schedule.js';
import type { Schedule } from './schedule.js';

/** What {@link stepDecay} takes. */
export interface StepDecayOptions {
  /** Rate at step 0, 0 or more. */
  readonly rate: number;
  /** Factor at each fall, 0 or more. @defaultValue 0.1 */
  readonly factor?: number;
  /** Steps between falls, 1 or more. */
  readonly every: number;
}

/**
 * Multiplies the rate by a factor at regular steps: `rate factor^floor(t / every)`.
 *
 * @throws CrossmodalError `option` when a setting is out of range.
 */
export function stepDecay({ rate, factor = 0.1, every }: StepDecayOptions): Schedule {
  checkSchedule('stepDecay', { rate: [rate, 0], factor: [factor, 0], every: [every, 1] });
  return (step) => rate * factor ** Math.floor(step / every);
}
