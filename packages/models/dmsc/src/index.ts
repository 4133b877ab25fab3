export { dmsc as method } from './dmsc.js';
export * from './create-dmsc.js';
export * from './load-dmsc.js';
export type { DmscDefaultOptions, DmscPaperOptions } from './options.js';
export type * from './types.js';
