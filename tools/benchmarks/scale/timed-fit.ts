import type { FittedClusterer, Paired } from '@crossmodal/core';
import { methods } from '../absent-rows/methods.js';
import type { Labelled } from './scale-data.js';

/** A fit and what it took. */
export interface TimedFit {
  readonly fitted: FittedClusterer<Paired>;
  readonly seconds: number;
  /** Of all threads. */
  readonly processorSeconds: number;
}

/** Fits a method by its name, with as many clusters as there are labels, which is all that is taken of them; plans of graphs are told on stderr. */
export async function timedFit(name: string, { data, labels }: Labelled, seed: number): Promise<TimedFit> {
  const create = methods[name];
  if (create === undefined)
    throw new Error(`--methods: expected ${Object.keys(methods).join(', ')}, got ${name}`);
  const [start, before] = [performance.now(), process.cpuUsage()];
  const fitted = await create().fit(data, {
    clusters: new Set(Array.from(labels)).size,
    seed,
    onProgress: ({ note }) => void (note !== undefined && console.error(note)),
  });
  const { user, system } = process.cpuUsage(before);
  return {
    fitted,
    seconds: (performance.now() - start) / 1000,
    processorSeconds: (user + system) / 1e6,
  };
}
