export * from './coefficient-norm.js';
export * from './loss-term.js';
export * from './objective.js';
export * from './reconstruction.js';
export * from './reduction.js';
export * from './self-expression.js';
