import type { GraphValue } from '../graph/types.js';
import { attributesOf } from './attributes.js';
import { binary } from './elementwise/binary.js';
import type { KernelCall, TranslationTable } from './translation.js';

/** (x - mean) scale / sqrt(variance + epsilon) + offset, the scale first since it is small. */
function batchNormalisation(call: KernelCall): GraphValue {
  const { graph, inputs } = call;
  const { x, mean, variance, scale, offset } = inputs as Readonly<Record<string, GraphValue | undefined>> &
    Readonly<Record<'x' | 'mean' | 'variance', GraphValue>>;
  const { varianceEpsilon = 0.001 } = attributesOf<{ varianceEpsilon?: number }>(call);
  const deviation = graph.elementwise('Sqrt', [
    binary(graph, 'Add', variance, graph.scalar(varianceEpsilon)),
  ]);
  const inverse = graph.elementwise('Reciprocal', [deviation]);
  const factor = scale === undefined ? inverse : binary(graph, 'Mul', inverse, scale);
  const result = binary(graph, 'Mul', binary(graph, 'Sub', x, mean), factor);
  return offset === undefined ? result : binary(graph, 'Add', result, offset);
}

/** Normalisations. */
export const normalisationTranslations: TranslationTable = {
  FusedBatchNorm: batchNormalisation,
};
