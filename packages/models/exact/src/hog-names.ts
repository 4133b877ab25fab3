import type { PreparedModality } from '@crossmodal/transforms';

/**
 * Names of the histograms that the option `hog` added to the modalities of a fit, which they end.
 *
 * @param chosen - all image modalities, none, or those named
 */
export function hogNames(
  modalities: readonly Pick<PreparedModality, 'name' | 'image'>[],
  chosen: boolean | readonly string[],
): readonly string[] {
  const isChosen = (name: string) => (typeof chosen === 'boolean' ? chosen : chosen.includes(name));
  return modalities
    .filter(({ name, image }) => image !== undefined && isChosen(name))
    .map(({ name }) => `${name}-hog`);
}
