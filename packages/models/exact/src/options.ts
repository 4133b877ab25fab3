import { graphOptions, type OptionsOf, type ResolvedOptions } from '@crossmodal/method';
import { consensusGraphsSchema } from '@crossmodal/self-expressive';
import * as z from 'zod';

/** Options of the inputs. */
export const inputOptions = {
  /**
   * Adds histograms of oriented gradients as a modality: of every image modality (`true`), of those named, or of none (`false`, an empty list).
   * `'auto'` adds them to images of 7 x 7 pixels or more of which neither an edge map nor vectors with `hog` in their name are given;
   * the fitted model's `options.hog` names those that it chose.
   *
   * @defaultValue 'auto'
   */
  hog: z.union([z.literal('auto'), z.boolean(), z.array(z.string()).readonly()]).default('auto'),
};

/** Options of the readout. */
export const readoutOptions = {
  ...graphOptions,
  /**
   * Which graphs: `C5`, the consensus of five, weighed by how far their partitions agree, where the partitions count too; `R`, the mean of four;
   * `F2`, one, the fastest; or recipes of your own, whose graphs are averaged.
   *
   * @defaultValue 'C5'
   */
  graphs: consensusGraphsSchema.default('C5'),
  /**
   * Samples up to which the ridges hold, as they were measured; beyond, `rho = ridge * (1 + (n - ridgeReference) / 2000)`: 33.75
   * times at 70,000, where 35 times was measured to be good.
   *
   * @defaultValue 4500
   */
  ridgeReference: graphOptions.ridgeReference,
  /** Eigenvectors of the embedding beyond the number of clusters. @defaultValue 12, and 8 for `F2` */
  extraEigenvectors: z.int().min(0).optional(),
};

/** Options of {@link createExact}, without overrides. */
export type ExactPlainOptions = OptionsOf<typeof inputOptions & typeof readoutOptions>;

/** Options of the inputs, checked and complete. */
export type InputOptions = ResolvedOptions<typeof inputOptions>;

/** Options of the readout, checked and complete. */
export type ReadoutOptions = ResolvedOptions<typeof readoutOptions>;
