export * from './errors.js';
export * from './estimator.js';
export * from './fit-options.js';
export * from './matrix.js';
export * from './modality.js';
export * from './options.js';
export * from './permute-symmetric.js';
export * from './random.js';
