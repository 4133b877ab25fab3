import { CrossmodalError } from '@crossmodal/core';

/** 2 GiB of 4-byte numbers, all that one ONNX message may hold. */
const MOST_WEIGHTS = 2 ** 29;

/**
 * Number of values of a weight, before memory is asked for.
 *
 * @throws CrossmodalError `option` when there are more than any backend holds.
 */
export function weightCount(shape: readonly number[]): number {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count <= MOST_WEIGHTS) return count;
  throw new CrossmodalError({
    code: 'option',
    where: `a weight of shape [${shape.join(', ')}]`,
    expected: `at most ${MOST_WEIGHTS} values`,
    received: String(count),
    advice: 'Choose fewer units, filters or features.',
  });
}
