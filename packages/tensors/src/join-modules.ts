import type { Module } from './module.js';

/**
 * The variables of several modules as one module, which owns them: disposing of it disposes of each part.
 *
 * @param parts - their trainable variables come first, then their others, both in the order of the parts
 * @example
 * ```ts
 * import { dense } from '@crossmodal/encoders';
 * import { randomSource } from '@crossmodal/core';
 * const random = randomSource(0);
 * const parts = [3, 4].map((inputSize) => dense({ inputSize, units: 2, random }));
 * const network = { ...joinModules(parts), parts };
 * console.log(network.trainable.length); // 4: weights and offsets of both
 * network.dispose();
 * ```
 */
export function joinModules(parts: readonly Module[]): Module {
  const trainable = parts.flatMap((part) => part.trainable);
  const others = parts.flatMap((part) =>
    part.variables.filter((variable) => !part.trainable.includes(variable)),
  );
  return {
    trainable,
    variables: [...trainable, ...others],
    dispose() {
      for (const part of parts) part.dispose();
    },
  };
}
