export { exact as method } from './exact.js';
export * from './create-exact.js';
export * from './load-exact.js';
export type { ExactPlainOptions } from './options.js';
export type * from './types.js';
