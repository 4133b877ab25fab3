import type { Module } from '@crossmodal/tensors';

/** Builds something out of modules that it collects; if that fails, those collected so far are freed. */
export function disposeOnError<M extends Module, T>(build: (collected: M[]) => T): T {
  const collected: M[] = [];
  try {
    return build(collected);
  } catch (error) {
    for (const module of collected) module.dispose();
    throw error;
  }
}
