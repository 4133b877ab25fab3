export { cmscDcca as method } from './cmsc-dcca.js';
export * from './create-cmsc-dcca.js';
export * from './load-cmsc-dcca.js';
export type { CmscDccaDefaultOptions, CmscDccaPaperOptions } from './options.js';
export type * from './types.js';
