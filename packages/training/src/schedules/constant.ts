import { checkSchedule } from './check-schedule.js';
import type { Schedule } from './schedule.js';

/**
 * The same rate at every step.
 *
 * @throws CrossmodalError `option` when the rate is negative or not finite.
 */
export function constant(rate: number): Schedule {
  checkSchedule('constant', { rate: [rate, 0] });
  return () => rate;
}
