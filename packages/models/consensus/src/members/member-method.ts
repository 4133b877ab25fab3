import type { Clusterer, FittedClusterer, Paired } from '@crossmodal/core';

/** A fitted member, which the model of the consensus keeps as bytes. */
export interface FittedMember extends FittedClusterer<Paired> {
  /** The model as bytes, for {@link MemberMethod.load}. */
  toBytes(): Promise<Uint8Array>;
}

/** A method that can be a member of a consensus: anything that `defineMethod` of `@crossmodal/method` makes for paired data, or two functions of your own. */
export interface MemberMethod {
  /**
   * Creates a clusterer.
   *
   * @throws CrossmodalError `option` naming the first option that is wrong or unknown.
   */
  create(options?: object): Clusterer<Paired, FittedMember>;
  /** Reads a fitted model back from its bytes. */
  load(source: Uint8Array): Promise<FittedMember>;
}

/**
 * Finds the method of a name.
 *
 * It throws a CrossmodalError `option` where there is none.
 */
export type MemberResolver = (name: string) => MemberMethod | Promise<MemberMethod>;

/** Methods by the names that members have for them. */
export type MemberMethods = Readonly<Record<string, MemberMethod>>;
