export { dm2c as method } from './dm2c.js';
export * from './create-dm2c.js';
export * from './load-dm2c.js';
export type { Dm2cDefaultOptions, Dm2cPaperOptions } from './options.js';
export type * from './types.js';
