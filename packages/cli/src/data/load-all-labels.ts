import type { MultiModalData } from '@crossmodal/core';
import type { LabelArray } from '@crossmodal/data';
import { usageError } from '../usage-error.js';
import type { FileReader } from './file-reader.js';
import { loadLabels } from './load-labels.js';

/**
 * Reads every `--labels`: one file, or of mixed data several, whose labels follow one another as the modalities do.
 *
 * @throws CrossmodalError `option` for several files of paired data, or numbers beside text; as {@link loadLabels}.
 */
export async function loadAllLabels(
  specs: readonly string[],
  kind: MultiModalData['kind'],
  files: FileReader,
): Promise<LabelArray> {
  if (kind === 'paired' && specs.length > 1) {
    throw usageError(
      '--labels',
      'one file, since the rows of all modalities are the same objects',
      `${specs.length}`,
    );
  }
  const parts: LabelArray[] = [];
  for (const spec of specs) parts.push(await loadLabels('--labels', spec, files));
  const [first] = parts;
  if (parts.length === 1) return first!;
  const isText = typeof first![0] === 'string';
  if (parts.some((part) => part.length > 0 && (typeof part[0] === 'string') !== isText)) {
    throw usageError('--labels', 'labels of one kind in all files', 'numbers and text');
  }
  return parts.flatMap((part) => Array.from<number | string>(part)) as LabelArray;
}
