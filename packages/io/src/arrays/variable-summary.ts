import type { ArrayValue } from './array-value.js';

/** What is known of a variable without decoding it. */
export interface VariableSummary {
  /** Kind of its value; `unreadable` when it has none, and asking for it throws the reason. */
  readonly kind: ArrayValue['kind'] | 'unreadable';
  /** Size along each axis, where the variable has axes. */
  readonly shape?: readonly number[];
  /** Whether the values are true and false, where the header tells. */
  readonly logical?: boolean;
  /** Kind of the first item of a cell array. */
  readonly items?: ArrayValue['kind'] | 'unreadable';
  /** Kind and shape in a few words, as `describeArray` gives them. */
  readonly description: string;
}
