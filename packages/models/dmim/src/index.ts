export { dmim as method } from './dmim.js';
export * from './create-dmim.js';
export * from './load-dmim.js';
export type { DmimDefaultOptions, DmimPaperOptions, DmimSharedOptions } from './options.js';
export type * from './training/dmim-state.js';
export type * from './types.js';
