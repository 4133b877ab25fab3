import { createHash } from 'node:crypto';
import type { VariantFit } from '../ablations/fit-variant.js';

/** Digest of labels, embedding and memberships: fits of the same digest have one result, whatever their history says. */
export function digestOf({ labels, embedding, memberships }: VariantFit['fitted']): string {
  const parts = [labels, embedding.values, memberships?.values ?? []];
  const hash = createHash('sha256').update(parts.map((values) => values.join()).join(';'));
  return hash.digest('hex').slice(0, 16);
}
