import { denseMatrix } from '@crossmodal/core';
import type { AffinityPlan, ChosenRoute } from '@crossmodal/self-expressive';
import { backendProduct } from '@crossmodal/tensors';

const WORDS: Readonly<Record<ChosenRoute, string>> = {
  dense: 'graphs of all pairs',
  sparse: 'graphs of all pairs, block by block',
  approximate: 'graphs among near samples',
};
/** Operations that are over before anybody has read about them. */
const FEW = 2e10;
/** Side of the product whose time tells the engine's speed: a few milliseconds. */
const SIDE = 512;
/** Multiplications and additions per second of a loop over rows that lie anywhere in memory. */
const SCALAR_SPEED = 5e8;

/** What a plan takes, in a line: its bytes as counted, and its seconds by a product that is timed; nothing where it takes hardly any. */
export function planNote({ route, bytes, operations }: AffinityPlan): string | undefined {
  const { engine, scalar } = operations;
  if (engine + scalar < FEW) return undefined;
  const side = denseMatrix(new Float32Array(SIDE * SIDE).fill(1), SIDE, SIDE);
  backendProduct(side, side);
  const start = performance.now();
  backendProduct(side, side);
  const speed = SIDE ** 3 / Math.max((performance.now() - start) / 1000, 1e-4);
  const seconds = engine / speed + scalar / SCALAR_SPEED;
  return `${WORDS[route]} (${route}): about ${(bytes / 2 ** 30).toFixed(1)} GiB and ${Number(seconds.toPrecision(1))} s`;
}
