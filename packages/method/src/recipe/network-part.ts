import type { Modality, RandomSource } from '@crossmodal/core';
import type { MethodTypes } from './method-types.js';
import type { Slot } from './slot.js';

/** What {@link NetworkPart.create} is given. */
export interface NetworkContext<M extends MethodTypes, Options> {
  readonly options: Options;
  readonly clusters: number;
  readonly prepared: M['prepared'];
  /** Parts that the caller replaces. */
  readonly parts: Partial<M['parts']>;
  /** The stream of this start. */
  readonly random: RandomSource;
  /** The training data, from which a network may start; left out when values are restored afterwards. */
  readonly training?: {
    readonly modalities: readonly Modality[];
    readonly samples: M['samples'];
    readonly structure: M['structure'];
  };
}

/** What {@link NetworkPart.reader} is given. */
export interface ReaderContext<M extends MethodTypes, Options> {
  readonly network: M['network'];
  readonly prepared: M['prepared'];
  readonly options: Options;
  /** Only while fitting. */
  readonly helpers?: M['helpers'];
  /** The public function that reads, for errors. */
  readonly where: string;
}

/** Applies a network to any number of samples, compiled once. */
export interface Reader<M extends MethodTypes> {
  /**
   * What the network says of the samples, with the weights as they are now.
   *
   * @throws CrossmodalError `aborted` when the signal fires.
   */
  read(samples: M['samples'], signal?: AbortSignal): Promise<M['seen']>;
  /** Frees what compilation holds; the network stays. */
  dispose(): void;
}

/** Second part of a method: the network, and what it says of samples. */
export interface NetworkPart<M extends MethodTypes, Options = unknown> extends Slot<Options> {
  /** Makes the network; the same values at each call with the same random source. */
  create(context: NetworkContext<M, Options>): M['network'];
  /** Makes the reader of a network. */
  reader(context: ReaderContext<M, Options>): Reader<M>;
}
