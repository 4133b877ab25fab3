import type { Module } from '@crossmodal/tensors';

/** The variables of several modules as one module: trainable ones first, then the others, both in the order given. */
export function joinModules(modules: readonly Module[]): Module {
  const trainable = modules.flatMap((module) => module.trainable);
  const others = modules.flatMap((module) =>
    module.variables.filter((variable) => !module.trainable.includes(variable)),
  );
  return {
    trainable,
    variables: [...trainable, ...others],
    dispose() {
      for (const module of modules) module.dispose();
    },
  };
}
