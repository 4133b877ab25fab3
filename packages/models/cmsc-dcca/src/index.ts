export type {
  CmscDccaDefaultOptions,
  CmscDccaOptions,
  CmscDccaPaperOptions,
  CmscDccaPartOptions,
} from './cmsc-dcca-options.js';
export * from './create-cmsc-dcca.js';
export { FittedCmscDcca } from './fitted-cmsc-dcca.js';
export * from './load-cmsc-dcca.js';
