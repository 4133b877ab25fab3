export type { ClusteringTerm } from './clustering-term.js';
export * from './create-eamc.js';
export type { EamcDefaultOptions, EamcOptions, EamcPaperOptions, EamcPartOptions } from './eamc-options.js';
export { FittedEamc } from './fitted-eamc.js';
export * from './load-eamc.js';
