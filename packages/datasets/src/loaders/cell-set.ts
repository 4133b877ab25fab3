import { CrossmodalError, paired, vectors } from '@crossmodal/core';
import { arrayToMatrix, describeArray, readArrays, selectArray } from '@crossmodal/io';
import type { Dataset } from '../dataset.js';
import { numericLabels } from './image-files.js';

/** Loads a file whose cell array `fea` holds one modality a cell, and whose `gt` holds the classes. */
export async function cellSet(
  name: string,
  path: string,
  modalityNames: readonly string[],
): Promise<Dataset> {
  const variables = await readArrays(path);
  const features = selectArray(variables, 'fea');
  if (features.kind !== 'cell' || features.items.length !== modalityNames.length) {
    throw new CrossmodalError({
      code: 'shape',
      where: name,
      expected: `a cell array of ${modalityNames.length} modalities`,
      received: describeArray(features),
    });
  }
  const modalities = features.items.map((item, v) =>
    vectors(modalityNames[v]!, arrayToMatrix(item, { where: name })),
  );
  return { name, data: paired(modalities), labels: numericLabels(variables, 'gt') };
}
