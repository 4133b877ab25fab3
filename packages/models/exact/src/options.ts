import { graphOptions, type OptionsOf, type ResolvedOptions } from '@crossmodal/method';
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
   * Which graphs are averaged: `R`, four of them, the safer choice; `F2`, one, the faster one, and the better one on images with
   * HOG; or recipes of your own. `C5` is the consensus of five graphs: they are weighed by how far their partitions agree, and the
   * partitions count too; the most accurate on most data.
   *
   * @defaultValue 'R'
   */
  graphs: graphOptions.graphs,
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
