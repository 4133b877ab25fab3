import type { OwnPart } from '../options/own-parts.js';
import type { MethodTypes } from './method-types.js';
import type { Readout } from './readout.js';
import type { Stage } from './training.js';

/** A change to the stages of a training, by name. */
export type StageChange<M extends MethodTypes> =
  | { readonly omit: string }
  | { readonly replace: string; readonly by: Stage<M> }
  | { readonly insert: Stage<M>; readonly before: string }
  | { readonly insert: Stage<M>; readonly after: string };

/** Parts of a method that a caller replaces by own ones, beside its options. */
export interface Overrides<M extends MethodTypes> {
  /** Loss terms that are added, replaced, reweighted or left out, by name. */
  readonly terms?: readonly M['term'][];
  /** Stages of the training that are left out, replaced or inserted, by name. */
  readonly stages?: readonly StageChange<M>[];
}

/** The readouts that a method takes: one of its own by name, or any that knows what to do with its representation. */
export type ReadoutChoice<M extends MethodTypes, Names extends string> = Names | Readout<M['seen']>;

/** Parts of a caller's own, by name, that a method takes: readouts, and network parts, one by one where an option takes a list of them. */
export type OwnPartOf<M extends MethodTypes> = Readout<M['seen']> | Named<M['parts'][keyof M['parts']]>;

type Named<Part> = Extract<Part extends readonly (infer Entry)[] ? Entry : Part, OwnPart>;

/** Options of a method with two presets: those of either, or of a mixture, whose options of parts that are not in it are refused. */
export type PresetOptions<Default, Paper> =
  | Default
  | Paper
  | (Omit<Default, 'preset'> & Omit<Paper, 'preset'> & { readonly preset?: 'default' | 'paper' });
