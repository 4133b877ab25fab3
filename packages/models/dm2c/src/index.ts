export * from './create-dm2c.js';
export type { Dm2cCommonOptions, Dm2cDefaultOptions, Dm2cOptions, Dm2cPaperOptions } from './dm2c-options.js';
export { FittedDm2c } from './fitted-dm2c.js';
export * from './saved/load-dm2c.js';
