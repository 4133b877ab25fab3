export type { Io, TextSink } from './io.js';
export * from './methods/load-model.js';
export * from './result.js';
export * from './run.js';
