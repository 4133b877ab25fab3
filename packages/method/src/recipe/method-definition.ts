import type { Modality } from '@crossmodal/core';
import type * as z from 'zod';
import type { Fit } from './training.js';
import type { MethodTypes } from './method-types.js';
import type { NetworkPart } from './network-part.js';
import type { Preparation } from './preparation.js';
import type { Readout } from './readout.js';
import type { OptionShape, Slot } from './slot.js';
import type { Training } from './training.js';

/** The parts of a recipe, in the order of the data. */
export interface RecipeParts<M extends MethodTypes> {
  readonly inputs: Preparation<M>;
  readonly network: NetworkPart<M>;
  readonly training: Training<M>;
  readonly readout: Readout<M['seen']>;
}

/** Names of the parts of a recipe, in the order of the data. */
export const RECIPE_PARTS = ['inputs', 'network', 'training', 'readout'] as const;

/** What a check of modalities may depend on. */
export interface ModalityCheck<Options> {
  readonly options: Options;
  readonly clusters: number;
  /** Whether the modalities are those of a fit, rather than new samples. */
  readonly fitting: boolean;
}

/** The name of one alternative for each part. */
export type RecipeChoice = { readonly [Part in keyof RecipeParts<MethodTypes>]: string };

/** Alternatives of one part, by name. */
export type Alternatives<Part> = Readonly<Record<string, Part>>;

/**
 * A method as a value: alternatives for each of its parts, and presets that choose among them.
 *
 * Any mixture of alternatives is a recipe too, as long as their types say that they fit together.
 */
export interface MethodDefinition<M extends MethodTypes> extends Slot<unknown> {
  /** Name, such as `dmsc`. */
  readonly name: string;
  /** The function that creates its clusterers, for errors, such as `createDmsc`. */
  readonly creator: string;
  /** Version of saved models; raised when old readers would misread them. */
  readonly version: number;
  /** Kind of the data. */
  readonly data: M['data']['kind'];
  /** Options that every recipe has. */
  readonly options?: OptionShape;
  readonly inputs: Alternatives<Preparation<M>>;
  readonly network: Alternatives<NetworkPart<M>>;
  readonly training: Alternatives<Training<M>>;
  readonly readout: Alternatives<Readout<M['seen']>>;
  /** Recipes with a name; one of them is `default`. @defaultValue one, of the alternatives named `default` */
  readonly presets?: Readonly<Record<string, RecipeChoice>>;
  /** Names of the options that replace network parts. @defaultValue none */
  readonly parts?: readonly (keyof M['parts'] & string)[];
  /** Options that mean nothing beside a network part of the caller's own, and are unknown then. @defaultValue the one of its name */
  readonly replaces?: { readonly [Part in keyof M['parts']]?: readonly string[] };
  /**
   * Refuses modalities that the method cannot cluster, in a fit and in predictions.
   *
   * @param where - the public function that was given them
   */
  checkModalities?(where: string, modalities: readonly Modality[], context: ModalityCheck<unknown>): void;
  /** What a fitted model tells beside labels and embedding. @defaultValue nothing */
  readonly report?: MethodReport<M>;
}

/** What a fitted model tells beside labels and embedding. */
export interface MethodReport<M extends MethodTypes> {
  /** What it consists of; saved models are checked by it, and what it does not name is not told. */
  readonly schema: z.ZodType<M['report']>;
  /** Makes it of a fit whose training has ended. */
  of(
    fit: Omit<Fit<M>, 'helpers'>,
    options: unknown,
    runLosses: readonly number[],
  ): Promise<M['report']> | M['report'];
}

/** A definition that says what its presets are. */
export type CompleteDefinition<M extends MethodTypes> = MethodDefinition<M> &
  Required<Pick<MethodDefinition<M>, 'presets'>>;
