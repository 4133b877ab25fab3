export type { Io, TextSink } from './io.js';
export * from './load-model.js';
export * from './result.js';
export * from './run.js';
