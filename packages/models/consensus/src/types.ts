import type { InputDescription, Modality, Paired } from '@crossmodal/core';
import type { MethodTypes, Readout, Representation } from '@crossmodal/method';
import type { Module } from '@crossmodal/tensors';
import type { MemberClustering } from './fit/cluster-by-member.js';
import type { ConsensusPlainOptions } from './options.js';

/** How the fit of one member went. */
export interface MemberOutcome {
  /** The method, with a number where several members have it, such as `dmim 2`. */
  readonly name: string;
  readonly method: string;
  /** Seed of its fit, drawn from that of the consensus. */
  readonly seed: number;
  /** `recovered`: it diverged, and was finished from its last good state; `left out`: it diverged, and there was none. */
  readonly outcome: 'fitted' | 'recovered' | 'left out';
  /** What diverged. */
  readonly reason?: string;
}

/** What a member counts. */
export interface MemberSupport {
  /** Name of the member. */
  readonly name: string;
  /** Mean adjusted Rand index with the members that agree most with it, in `[0, 1]`. */
  readonly support: number;
  /** In `[0, 1]`, of sum 1. */
  readonly weight: number;
}

/** What a fitted consensus tells beside labels and embedding. */
export interface ConsensusReport {
  /** Every member that was asked for. */
  readonly members: readonly MemberOutcome[];
  /** Support and weight of those that were not left out; there is none with an own readout. */
  readonly support?: readonly MemberSupport[];
}

/** A fitted member in a saved consensus. */
export interface FittedModel {
  /** Name of the member. */
  readonly name: string;
  readonly method: string;
  /** The model, as its `toBytes` makes it. */
  readonly bytes: Uint8Array;
}

/** What is learned of the modalities: the members. */
export interface ConsensusPrepared {
  readonly modalities: readonly InputDescription[];
  readonly models: readonly FittedModel[];
  readonly outcomes: readonly MemberOutcome[];
}

/** Samples, and what the members say of them where they were fitted on them. */
export interface MemberSamples {
  readonly modalities: readonly Modality[];
  readonly clusterings?: readonly MemberClustering[];
}

/** What the members say of samples; as a representation, the one-hot labels of all members side by side. */
export interface SeenByMembers extends Representation {
  readonly clusterings: readonly MemberClustering[];
}

/** The fitted members in the place of a network; each is loaded when new samples ask for it. */
export interface MemberNetwork extends Module {
  readonly clusters: number;
  /** What each member says of new samples. */
  assign(modalities: readonly Modality[]): Promise<readonly MemberClustering[]>;
}

/** Types of the parts of `consensus`. */
export interface ConsensusTypes extends MethodTypes {
  readonly data: Paired;
  readonly prepared: ConsensusPrepared;
  readonly samples: MemberSamples;
  readonly structure: undefined;
  readonly network: MemberNetwork;
  readonly seen: SeenByMembers;
  readonly term: never;
  readonly report: ConsensusReport;
}

/** Options of {@link createConsensus}. */
export type ConsensusOptions = ConsensusPlainOptions & {
  /** A readout of your own, such as `kMeansReadout()`, which clusters the one-hot labels. @defaultValue the weighted consensus */
  readonly readout?: Readout<SeenByMembers>;
};
