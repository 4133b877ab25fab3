import type { MultiModalData } from '@crossmodal/core';
import type { LabelArray } from '@crossmodal/data';
import { usageError } from '../usage-error.js';
import { checkLabelCount } from './check-label-count.js';
import type { FileReader } from './file-reader.js';
import { loadLabels } from './load-labels.js';

/**
 * Reads every `--labels`: one file, or of mixed data one a modality, in the order of the modalities.
 *
 * @throws CrossmodalError `option` for several files of paired data, other than one a modality, or numbers beside text; `shape` when a
 * file has not as many labels as there are rows; as {@link loadLabels}.
 */
export async function loadAllLabels(
  specs: readonly string[],
  { kind, n, modalities }: MultiModalData,
  files: FileReader,
): Promise<LabelArray> {
  if (kind === 'paired' && specs.length > 1) {
    throw usageError(
      '--labels',
      'one file, since the rows of all modalities are the same objects',
      `${specs.length}`,
    );
  }
  if (specs.length > 1 && specs.length !== modalities.length) {
    throw usageError(
      '--labels',
      `one file, or one for each of ${modalities.length} modalities`,
      `${specs.length}`,
    );
  }
  const parts: LabelArray[] = [];
  for (const spec of specs) parts.push(await loadLabels('--labels', spec, files));
  const [first] = parts;
  if (parts.length === 1) {
    const order = kind === 'mixed' ? ', modality after modality' : '';
    checkLabelCount('--labels', first!, n, `one a row of the modalities${order}`);
    return first!;
  }
  parts.forEach((part, v) => {
    const { name, features } = modalities[v]!;
    checkLabelCount(`--labels '${specs[v]!}'`, part, features.rows, `one a row of modality '${name}'`);
  });
  const isText = typeof first![0] === 'string';
  if (parts.some((part) => part.length > 0 && (typeof part[0] === 'string') !== isText)) {
    throw usageError('--labels', 'labels of one kind in all files', 'numbers and text');
  }
  return parts.flatMap((part) => Array.from<number | string>(part)) as LabelArray;
}
