export * from './create-dmim.js';
export type { DmimDefaultOptions, DmimOptions, DmimPaperOptions, DmimSharedOptions } from './dmim-options.js';
export { FittedDmim } from './fitted-dmim.js';
export * from './load-dmim.js';
