export * from './bridge.js';
export * from './compile.js';
export * from './module.js';
export * from './tf.js';
