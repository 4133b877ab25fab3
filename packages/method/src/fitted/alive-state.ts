import { CrossmodalError } from '@crossmodal/core';

/** The state of a fitted model until the model is disposed of. */
export interface AliveState<S> {
  /**
   * Runs a call of the fitted model on the state, which stays until the call has ended, whatever is disposed of meanwhile.
   *
   * @param call - its name, such as `predict`
   * @throws CrossmodalError `state` when it begins after `dispose`.
   */
  use<T>(call: string, run: (state: S) => Promise<T>): Promise<T>;
  /** Frees the state, once, when the last call has ended. */
  dispose(): void;
}

/**
 * Holds the state of a fitted model, so that calls after `dispose` end in one and the same error.
 *
 * @param free - frees what the state holds, such as networks
 */
export function aliveState<S>(method: string, state: S, free: (state: S) => void): AliveState<S> {
  let [disposed, freed, running] = [false, false, 0];
  const freeUnused = () => {
    if (!disposed || freed || running > 0) return;
    freed = true;
    free(state);
  };
  return {
    async use(call, run) {
      if (disposed) refuse(method, call);
      running++;
      try {
        return await run(state);
      } finally {
        running--;
        freeUnused();
      }
    },
    dispose() {
      disposed = true;
      freeUnused();
    },
  };
}

function refuse(method: string, call: string): never {
  throw new CrossmodalError({
    code: 'state',
    where: `${method} ${call}`,
    expected: 'a fitted model',
    received: 'one that was disposed of',
    advice: 'Fit or load it again.',
  });
}
