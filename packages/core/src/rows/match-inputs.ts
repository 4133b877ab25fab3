import { checkFiniteModalities } from '../checks/check-finite-modalities.js';
import { CrossmodalError } from '../errors.js';
import type { Modality } from '../modality.js';
import { sampleShape } from '../sample-shape.js';

/** Name and shape of one sample of a modality: `[d]`, or `[height, width, channels]`. */
export interface InputDescription {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * Puts modalities of new samples in the order of the fitted ones.
 *
 * @param where - the public function that was given them, for the error
 * @throws CrossmodalError `shape` when names or shapes differ; `value` when a present row is not finite.
 */
export function matchInputs(
  where: string,
  inputs: readonly InputDescription[],
  modalities: readonly Modality[],
): readonly Modality[] {
  const describe = (name: string, shape: readonly number[]) => `'${name}' [n, ${shape.join(', ')}]`;
  const refuse = () =>
    new CrossmodalError({
      code: 'shape',
      where,
      expected: `the modalities ${inputs.map(({ name, shape }) => describe(name, shape)).join(', ')}, as in the fit`,
      received: modalities.map((given) => describe(given.name, sampleShape(given))).join(', '),
      advice: 'Mark rows as absent where a new sample lacks a modality.',
    });
  if (modalities.length !== inputs.length) throw refuse();
  const matched = inputs.map(({ name, shape }) => {
    const match = modalities.find((modality) => modality.name === name);
    if (match === undefined || sampleShape(match).join() !== shape.join()) throw refuse();
    return match;
  });
  checkFiniteModalities(where, { modalities: matched });
  return matched;
}
