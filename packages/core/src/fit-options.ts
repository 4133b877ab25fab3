import { checkFiniteModalities } from './checks/check-finite-modalities.js';
import { CrossmodalError } from './errors.js';
import type { FitOptions } from './estimator.js';
import type { MultiModalData } from './modality.js';

/**
 * Checks the options every fit takes against its data, and the data once more; resolves the seed.
 *
 * @throws CrossmodalError `option` when `clusters` is not an integer in `1..n`; `shape` when there is no sample, or a modality has no row
 * that is present; `value` when a feature is not finite any more.
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
  const absent = data.modalities.find(({ present }) => present?.every((flag) => flag === 0) === true);
  if (absent !== undefined) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'one row that is present in every modality, at least',
      received: `modality '${absent.name}' absent everywhere`,
      advice: 'Leave the modality out.',
    });
  }
  checkFiniteModalities(where, data);
  return { clusters, seed };
}
