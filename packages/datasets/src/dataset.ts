import type { Paired } from '@crossmodal/core';

/** A labelled set of paired data. */
export interface Dataset {
  /** Name, such as `coil20`. */
  readonly name: string;
  readonly data: Paired;
  /** Class of each object as the files number it, length `n`; for scoring only. */
  readonly labels: Int32Array;
}

/** What a modality of images gets as its companion. */
export interface ImageSetOptions {
  /**
   * `edges`: Sobel edge maps beside the pixels; `hog`: histograms of oriented gradients beside the pixels; `both`;
   * `none`: pixels alone.
   *
   * @defaultValue 'edges'
   */
  readonly companion?: 'edges' | 'hog' | 'both' | 'none';
}
