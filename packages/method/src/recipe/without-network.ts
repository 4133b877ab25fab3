import type { MethodTypes } from './method-types.js';
import type { NetworkPart } from './network-part.js';
import type { Training } from './training.js';

/**
 * The network of a method without one.
 *
 * @param see - from prepared samples to what the readout sees
 */
export function withoutNetwork<M extends MethodTypes>(
  see: (samples: M['samples']) => M['seen'],
): NetworkPart<M> {
  return {
    create: () => ({ trainable: [], variables: [], dispose() {} }),
    reader: () => ({ read: (samples) => Promise.resolve(see(samples)), dispose() {} }),
  };
}

/** The training of a method that trains nothing. */
export function withoutTraining<M extends MethodTypes>(): Training<M> {
  return { stages: [] };
}
