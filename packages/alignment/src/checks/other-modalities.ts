import { checkModality } from './check-modality.js';

/** Numbers of the modalities that are not the anchor, ascending; refuses an anchor that is none of them. */
export function otherModalities(where: string, count: number, anchor: number): number[] {
  checkModality(`${where} option 'anchor'`, anchor, count);
  return Array.from({ length: count }, (_, v) => v).filter((v) => v !== anchor);
}
