export * from './create-exact.js';
export type { ExactOptions } from './exact-options.js';
export { FittedExact } from './fitted-exact.js';
export * from './load-exact.js';
