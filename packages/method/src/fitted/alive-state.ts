import { CrossmodalError } from '@crossmodal/core';

/** The state of a fitted model until the model is disposed of. */
export interface AliveState<S> {
  /**
   * The state, for a call of the fitted model.
   *
   * @param call - such as `predict`
   * @throws CrossmodalError `state` after `dispose`.
   */
  get(call: string): S;
  /** Frees the state, once. */
  dispose(): void;
}

/**
 * Holds the state of a fitted model, so that calls after `dispose` end in one and the same error.
 *
 * @param free - frees what the state holds, such as networks
 */
export function aliveState<S extends object>(
  method: string,
  state: S,
  free?: (state: S) => void,
): AliveState<S> {
  let held: S | undefined = state;
  return {
    get(call) {
      if (held !== undefined) return held;
      throw new CrossmodalError({
        code: 'state',
        where: `${method} ${call}`,
        expected: 'a fitted model',
        received: 'one that was disposed of',
        advice: 'Fit or load it again.',
      });
    },
    dispose() {
      const last = held;
      held = undefined;
      if (last !== undefined) free?.(last);
    },
  };
}
