import {
  CrossmodalError,
  type Clusterer,
  type FitOptions,
  type FittedClusterer,
  type Mixed,
  type MultiModalData,
  type Paired,
} from '@crossmodal/core';
import type { MethodOptions } from './set-options.js';

/** A fitted model that can be kept as bytes. */
export interface SavableModel<Data extends MultiModalData> extends FittedClusterer<Data> {
  toBytes(): Promise<Uint8Array>;
}

/** A method of one kind of data, as `defineMethod` of `@crossmodal/method` makes it, as far as the command uses it. */
export interface MethodOf<Data extends MultiModalData> {
  readonly definition: {
    readonly name: string;
    /** How the rows of several modalities belong together. */
    readonly data: Data['kind'];
    readonly presets: Readonly<Record<string, unknown>>;
  };
  /** Creates a clusterer of data of that kind, with options that it checks itself. */
  create(options?: object): Clusterer<Data, SavableModel<Data>>;
  /** Gives back a model that was saved in a directory, or kept as bytes. */
  load(source: string | Uint8Array): Promise<SavableModel<Data>>;
}

/** A method of either kind of data. */
export type MethodValue = MethodOf<Paired> | MethodOf<Mixed>;

/** A method that was found, before its package is loaded. */
export interface FoundMethod {
  /** Folder of the package, where it is not one of the command's own. */
  readonly folder?: string;
  /** The method itself; loads its package. */
  value(): Promise<MethodValue>;
}

/** Finds a method by its name; `where` is the option that names it, for errors. */
export type FindMethod = (name: string, where: string) => Promise<FoundMethod>;

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

/**
 * Creates a clusterer and gives it its data.
 *
 * @returns fits those data
 * @throws CrossmodalError `option` when the method refuses the options; `unsupported` when it takes data of the other kind.
 */
export function clustererOf(
  method: MethodValue,
  data: MultiModalData,
  options: MethodOptions,
): (fit: FitOptions) => Promise<FittedClusterer> {
  if (data.kind === 'paired' && takesPaired(method)) return bound(method, data, options);
  if (data.kind === 'mixed' && takesMixed(method)) return bound(method, data, options);
  const { name, data: kind } = method.definition;
  throw new CrossmodalError({
    code: 'unsupported',
    where: name,
    expected: `${kind} data`,
    received: `${data.kind} data`,
  });
}

/** Whether a method clusters paired data. */
export function takesPaired(method: MethodValue): method is MethodOf<Paired> {
  return method.definition.data === 'paired';
}

function takesMixed(method: MethodValue): method is MethodOf<Mixed> {
  return method.definition.data === 'mixed';
}

function bound<Data extends MultiModalData>(method: MethodOf<Data>, data: Data, options: MethodOptions) {
  const clusterer = method.create(options);
  return (fit: FitOptions) => clusterer.fit(data, fit);
}
