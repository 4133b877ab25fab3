import { checkSchedule } from './check-schedule.js';
import type { Schedule } from './schedule.js';

/** What {@link warmup} takes. */
export interface WarmupOptions {
  /** Steps of the rise, 0 or more. */
  readonly steps: number;
  /** Schedule that follows; it starts at its own step 0 when the rise is over. */
  readonly then: Schedule;
}

/**
 * Rises in equal parts to the start of another schedule, `then(0) (t + 1) / (steps + 1)`, and then follows it.
 *
 * @throws CrossmodalError `option` when the steps are negative or not finite.
 */
export function warmup({ steps, then }: WarmupOptions): Schedule {
  checkSchedule('warmup', { steps: [steps, 0] });
  return (step) => (step < steps ? (then(0) * (step + 1)) / (steps + 1) : then(step - steps));
}
