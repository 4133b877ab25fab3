import type { CsrMatrix } from '@crossmodal/core';
import type { CandidateLists } from './candidate-lists.js';
import type { Sign } from './check-sign.js';
import type { StrongestProductsOptions } from './products-options.js';
import { strongestAmong } from './strongest-among.js';
import { strongestProducts } from './strongest-products.js';
import type { WhitenedRows } from './whiten-rows.js';

const OPPOSITE = { both: 'both', positive: 'negative', negative: 'positive' } as const;

/** Options of {@link strongestCoefficients}. */
export interface StrongestCoefficientOptions extends StrongestProductsOptions {
  /** Rows among which coefficients are looked for; all of them where left out. */
  readonly candidates?: CandidateLists | undefined;
}

/** The strongest coefficients of each row, from whitened rows: a row's factor does not change which of its products are strongest. */
export function strongestCoefficients(
  { rows, factorOf, opposite }: WhitenedRows,
  { candidates, ...options }: StrongestCoefficientOptions,
): Promise<CsrMatrix<Float32Array>> {
  const { sign = 'both', neighbours, signal } = options;
  const wanted: Sign = opposite && sign in OPPOSITE ? OPPOSITE[sign] : sign;
  return candidates === undefined
    ? strongestProducts(rows, { ...options, sign: wanted }, factorOf)
    : strongestAmong(rows, rows, { candidates, neighbours, sign: wanted, signal }, factorOf);
}
