import type * as z from 'zod';

/** Options by name, each with its schema and default. */
export type OptionShape = Readonly<Record<string, z.ZodType>>;

/** Options as a caller gives them: each may be left out. */
export type OptionsOf<Shape extends OptionShape> = { readonly [Key in keyof Shape]?: z.input<Shape[Key]> };

/** Options as they are used: checked, with their defaults. */
export type ResolvedOptions<Shape extends OptionShape> = {
  readonly [Key in keyof Shape]: z.output<Shape[Key]>;
};

/** What options may depend on. */
export interface DataFacts {
  /** Samples. */
  readonly n: number;
  readonly clusters: number;
  /** Number of modalities. */
  readonly modalities: number;
}

/** Options that mean nothing under a condition. */
export interface UnusedOptions {
  /** Values that options must all have for it, such as `{ adversary: false }`. */
  readonly when: Readonly<Record<string, unknown>>;
  /** Names of those that mean nothing then, network parts among them. */
  readonly options: readonly string[];
}

/** What every part of a recipe may have: options of its own. They are options of the method wherever the part is chosen. */
export interface Slot<Options> {
  /** Schemas of the options, with their defaults. @defaultValue none */
  readonly options?: OptionShape;
  /** Refuses options that do not fit together, with a typed error. */
  check?(options: Options): void;
  /**
   * Options that mean nothing beside a value of another: given ones are refused, and afterwards there are none of them, whatever the type of the options
   * says.
   *
   * @defaultValue none
   */
  readonly unused?: readonly UnusedOptions[];
  /** Fills in options that depend on the data. */
  complete?(options: Options, facts: DataFacts): object;
}
