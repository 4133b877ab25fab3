import { CrossmodalError } from './errors.js';
import type { FitOptions } from './estimator.js';
import type { MultiModalData } from './modality.js';

/**
 * Checks the options every fit takes against its data, and resolves the seed.
 *
 * @throws CrossmodalError `option` when `clusters` is not an integer in `1..n`, `shape` when there is no sample.
 */
export function checkFitOptions(
  where: string,
  data: MultiModalData,
  options: FitOptions,
): { clusters: number; seed: number } {
  const { clusters, seed = 0 } = options;
  if (data.n === 0) {
    throw new CrossmodalError({ code: 'shape', where, expected: 'at least one sample', received: 'none' });
  }
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > data.n) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'clusters'`,
      expected: `an integer in 1..${data.n}, the number of samples`,
      received: String(clusters),
      advice: 'Ask for no more clusters than there are samples.',
    });
  }
  return { clusters, seed };
}
