import { CrossmodalError, type Modality, type Paired } from '@crossmodal/core';
import { hog } from '@crossmodal/data';

/**
 * The modalities of the data, and histograms of oriented gradients for the image modalities chosen.
 *
 * @throws CrossmodalError `option` when one that is named does not exist or holds no images, or there are no images at all.
 */
export function withHog(data: Paired, chosen: boolean | readonly string[]): readonly Modality[] {
  if (chosen === false) return data.modalities;
  const named = chosen === true ? undefined : new Set(chosen);
  for (const name of named ?? []) {
    if (data.modalities.some((modality) => modality.name === name && modality.kind === 'images')) continue;
    throw new CrossmodalError({
      code: 'option',
      where: "exact option 'hog'",
      expected: 'names of image modalities',
      received: `'${name}'`,
      advice: 'Give the modality as images, with height and width.',
    });
  }
  if (chosen === true && !data.modalities.some(({ kind }) => kind === 'images')) {
    throw new CrossmodalError({
      code: 'option',
      where: "exact option 'hog'",
      expected: 'one modality of images at least',
      received: 'vectors only',
      advice: 'Give a modality as images, with height and width, or leave the option out.',
    });
  }
  const added = data.modalities.flatMap((modality) =>
    modality.kind === 'images' && (named === undefined || named.has(modality.name)) ? [hog(modality)] : [],
  );
  return [...data.modalities, ...added];
}
