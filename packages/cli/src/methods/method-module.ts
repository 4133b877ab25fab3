import type { Clusterer, FittedClusterer, MultiModalData } from '@crossmodal/core';
import type { MethodOptions } from '../set-options.js';

/** A method as `defineMethod` of `@crossmodal/method` makes it, as far as the command uses it. */
export interface MethodValue {
  readonly definition: {
    readonly name: string;
    /** How the rows of several modalities belong together. */
    readonly data: MultiModalData['kind'];
    readonly presets: Readonly<Record<string, unknown>>;
  };
  /** Creates a clusterer of data of that kind, with options that it checks itself. */
  create(options?: MethodOptions): Clusterer<never>;
  /** Gives back a model that was saved. */
  load(directory: string): Promise<FittedClusterer<never>>;
}

/** What a package exports that brings a method. */
export interface MethodModule {
  readonly method: MethodValue;
}

/** Whether a value can be used as a method. */
export function isMethod(value: unknown): value is MethodValue {
  if (typeof value !== 'object' || value === null) return false;
  const { definition, create, load } = value as Partial<MethodValue>;
  return (
    typeof create === 'function' &&
    typeof load === 'function' &&
    typeof definition === 'object' &&
    (definition.data === 'paired' || definition.data === 'mixed') &&
    typeof definition.presets === 'object'
  );
}
