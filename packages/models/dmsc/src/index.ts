export * from './create-dmsc.js';
export type { DmscDefaultOptions, DmscFusionOptions, DmscOptions, DmscPaperOptions } from './dmsc-options.js';
export { FittedDmsc } from './fitted-dmsc.js';
export * from './load-dmsc.js';
