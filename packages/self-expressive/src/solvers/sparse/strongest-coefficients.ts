import type { CsrMatrix } from '@crossmodal/core';
import type { Sign } from './check-sign.js';
import type { StrongestProductsOptions } from './products-options.js';
import { strongestProducts } from './strongest-products.js';
import type { WhitenedRows } from './whiten-rows.js';

const OPPOSITE = { both: 'both', positive: 'negative', negative: 'positive' } as const;

/** The strongest coefficients of each row, from whitened rows: a row's factor does not change which of its products are strongest. */
export function strongestCoefficients(
  { rows, factorOf, opposite }: WhitenedRows,
  options: StrongestProductsOptions,
): Promise<CsrMatrix<Float32Array>> {
  const { sign = 'both' } = options;
  const wanted: Sign = opposite && sign in OPPOSITE ? OPPOSITE[sign] : sign;
  return strongestProducts(rows, { ...options, sign: wanted }, factorOf);
}
