import type { LinearMap } from './linear-map.js';

/** Both directions between two spaces. */
export interface MapPair {
  /** Into the first space, that of the anchor. */
  readonly to: LinearMap;
  /** Out of the first space. */
  readonly from: LinearMap;
}
