import { CrossmodalError, type Modality } from '@crossmodal/core';
import { hog } from '@crossmodal/transforms';

/**
 * The modalities given, and after them histograms of oriented gradients of the image modalities chosen.
 *
 * @param chosen - all image modalities, none, or those named; an empty list names none
 * @throws CrossmodalError `option` when one that is named does not exist or holds no images, or there are no images at all; `value` when a
 * modality has the name of such a histogram already.
 */
export function withHog(
  modalities: readonly Modality[],
  chosen: boolean | readonly string[],
): readonly Modality[] {
  if (chosen === false) return modalities;
  const named = chosen === true ? undefined : new Set(chosen);
  for (const name of named ?? []) {
    if (modalities.some((modality) => modality.name === name && modality.kind === 'images')) continue;
    refuse('names of image modalities', `'${name}'`, 'Give the modality as images, with height and width.');
  }
  if (chosen === true && !modalities.some(({ kind }) => kind === 'images')) {
    const advice = 'Give a modality as images, with height and width, or leave the option out.';
    refuse('one modality of images at least', 'vectors only', advice);
  }
  const added = modalities.flatMap((modality) =>
    modality.kind === 'images' && (named === undefined || named.has(modality.name)) ? [hog(modality)] : [],
  );
  const clash = added.find(({ name }) => modalities.some((modality) => modality.name === name));
  if (clash !== undefined) {
    throw new CrossmodalError({
      code: 'value',
      where: "exact option 'hog'",
      expected: 'no modality with the name of the histograms that it adds',
      received: `'${clash.name}'`,
      advice: 'Give that modality another name.',
    });
  }
  return [...modalities, ...added];
}

function refuse(expected: string, received: string, advice: string): never {
  throw new CrossmodalError({ code: 'option', where: "exact option 'hog'", expected, received, advice });
}
