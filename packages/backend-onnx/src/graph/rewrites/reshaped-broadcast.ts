import type { GraphValue } from '../types.js';

// ONNX Runtime broadcasts in runs along the last axes; shorter ones cost more than the pass that is saved.
const SHORTEST_RUN = 16;

/** The broadcast under a reshape, if it repeats runs of some length. */
export function reshapedBroadcast(value: GraphValue): GraphValue | undefined {
  const wide = value.node?.op === 'Reshape' ? value.node.inputs[0] : undefined;
  const narrow = wide?.node?.op === 'Expand' ? wide.node.inputs[0] : undefined;
  const run = wide?.shape.at(-1) ?? 1;
  return run >= SHORTEST_RUN && narrow?.shape.at(-1) === run ? wide : undefined;
}
