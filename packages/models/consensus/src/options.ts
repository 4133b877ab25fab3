import type { OptionsOf, ResolvedOptions } from '@crossmodal/method';
import * as z from 'zod';
import { membersOption } from './members/member-options.js';

/** Options of the members. */
export const inputOptions = {
  /**
   * Methods and seeds: a text such as `'exact,dmim:3'` (three members of dmim, each with a seed of its own), or a list of such texts and of
   * `{ method, seeds, options }`.
   *
   * @defaultValue exact with the graphs of C5, dmim, dmsc and eamc, one each; of one modality exact and dmsc
   */
  members: membersOption.optional(),
  /** Clusterings of each member's representation beside its labels, 0 or more: where they differ from each other, the member does not decide. @defaultValue 0 */
  reclusterings: z.int().min(0).default(0),
};

/** Options of the readout. */
export const readoutOptions = {
  /** How many of the members that a member agrees with most count for its support, 1 or more. @defaultValue 3 */
  closest: z.int().min(1).default(3),
  /** How much better supported members outweigh others, 0 or more; 0 weighs all alike. @defaultValue 8 */
  power: z.number().min(0).default(8),
  /** Eigenvectors of the embedding beyond the number of clusters. @defaultValue 12 */
  extraEigenvectors: z.int().min(0).default(12),
  /** Decay of the heat weights of the embedding. @defaultValue 0.5 */
  bandwidth: z.number().min(0).default(0.5),
  /** Starts of k-means, of which the one with the lowest inertia is kept. @defaultValue 10 */
  restarts: z.int().min(1).default(10),
};

/** Options of {@link createConsensus}, without overrides. */
export type ConsensusPlainOptions = OptionsOf<typeof inputOptions & typeof readoutOptions>;

/** Options of the members, checked; the method completes `members`. */
export type InputOptions = ResolvedOptions<typeof inputOptions>;

/** Options of the readout, checked and complete. */
export type ReadoutOptions = ResolvedOptions<typeof readoutOptions>;
