import type { DenseMatrix, Mixed, Paired } from '@crossmodal/core';
import type { Module } from '@crossmodal/tensors';

/** What a network says of samples; readouts cluster it. */
export interface Representation {
  /** The representation of each sample in one space, shape `[n, q]`, for readouts that know no more of a method than that. */
  readonly embedding: DenseMatrix<Float32Array>;
}

/** What the training of a fit needs beside the network, and the fitted model does not. */
export type Helpers = Pick<Module, 'variables' | 'dispose'>;

/** The types that the parts of one method share; they fit together because all of them name the same record. */
export interface MethodTypes {
  /** The kind of data that is clustered. */
  readonly data: Paired | Mixed;
  /** What is learned of the modalities before training, such as scales and principal components: plain data, saved with the model. */
  readonly prepared: unknown;
  /** Samples as the network takes them. */
  readonly samples: unknown;
  /** What is known of the training samples besides, such as neighbours; it is not saved. */
  readonly structure: unknown;
  /** The network; `Module` for a method without one. */
  readonly network: Module;
  /** What training needs beside the network. */
  readonly helpers: Helpers;
  /** What the network says of samples. */
  readonly seen: Representation;
  /** Changes to loss terms; `never` for a method without any. */
  readonly term: { readonly name: string };
  /** Network parts that a caller can replace, by the name of their option. */
  readonly parts: object;
  /** What a fitted model tells beside labels and embedding: plain data. */
  readonly report: object;
}
