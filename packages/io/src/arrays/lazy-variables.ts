import { isCrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from './array-value.js';
import { LazyMap } from './lazy-map.js';
import type { VariableSummary } from './variable-summary.js';

/** A variable that lies in a file, not yet decoded. */
export interface StoredVariable {
  /** Tells its kind and shape from its header alone. */
  summarise(): VariableSummary;
  /** Decodes it. */
  read(): ArrayValue;
}

/** The variables of a file, each decoded when it is asked for. */
export class LazyVariables extends LazyMap<ArrayValue> {
  readonly #stored: ReadonlyMap<string, StoredVariable>;

  constructor(stored: ReadonlyMap<string, StoredVariable>) {
    super(Array.from(stored, ([name, variable]) => [name, () => variable.read()] as const));
    this.#stored = stored;
  }

  /** What the header of a variable tells; undefined where there is none of that name. */
  summary(name: string): VariableSummary | undefined {
    try {
      return this.#stored.get(name)?.summarise();
    } catch (error) {
      if (!isCrossmodalError(error)) throw error;
      return { kind: 'unreadable', description: `damaged: ${error.received}` };
    }
  }
}
