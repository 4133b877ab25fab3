export { eamc as method } from './eamc.js';
export * from './create-eamc.js';
export * from './load-eamc.js';
export type * from './network/eamc-network.js';
export type * from './network/eamc-state.js';
export type { EamcDefaultOptions, EamcPaperOptions } from './options.js';
export type * from './types.js';
