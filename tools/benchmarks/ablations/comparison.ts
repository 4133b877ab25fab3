import type { Clusterer, Mixed, Paired } from '@crossmodal/core';

/** Options that are compared with others, under a name. */
export interface Variant<Options = Readonly<Record<string, unknown>>> {
  readonly name: string;
  readonly options: Options;
}

/** A method and the options that are compared. */
export type Comparison = {
  readonly name: string;
  readonly variants: readonly Variant[];
} & (
  | { readonly kind: 'paired'; create(options: Variant['options']): Clusterer<Paired> }
  | { readonly kind: 'mixed'; create(options: Variant['options']): Clusterer<Mixed> }
);
