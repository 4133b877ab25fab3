import type { Modality } from './modality.js';

/** Presence flags of a modality, or undefined when every row is there. */
export function presenceOf({ present }: Pick<Modality, 'present'>): Uint8Array | undefined {
  return present?.some((flag) => flag === 0) === true ? present : undefined;
}
