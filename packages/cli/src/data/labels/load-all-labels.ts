import type { MultiModalData } from '@crossmodal/core';
import type { LabelArray } from '@crossmodal/io';
import { usageError } from '../../errors/usage-error.js';
import type { FileReader } from '../file-reader.js';
import type { LabelSpec } from '../grammar/label-spec.js';
import { checkLabelCount } from './check-label-count.js';
import { loadLabels } from './load-labels.js';

/**
 * Reads every `--labels`: one file, or of mixed data one per modality, in the order of the modalities.
 *
 * @param texts - the options as they were given, for messages
 * @throws CrossmodalError `option` for several files of paired data, or other than one per modality; `shape` when a file has not as many
 * labels as there are rows; as {@link loadLabels}.
 */
export async function loadAllLabels(
  texts: readonly string[],
  specs: readonly LabelSpec[],
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
  for (const [v, spec] of specs.entries())
    parts.push(await loadLabels(`--labels '${texts[v]!}'`, spec, files));
  const [first] = parts;
  if (parts.length === 1) {
    const order = kind === 'mixed' ? ', modality after modality' : '';
    checkLabelCount('--labels', first!, n, `one per row of the modalities${order}`, modalities);
    return first!;
  }
  parts.forEach((part, v) => {
    const { name, features } = modalities[v]!;
    checkLabelCount(`--labels '${texts[v]!}'`, part, features.rows, `one per row of modality '${name}'`);
  });
  const flat = parts.flatMap((part) => Array.from<number | string>(part));
  // Classes are one list over all modalities: beside text, a number is its digits.
  return parts.every((part) => part instanceof Int32Array)
    ? Int32Array.from(flat as number[])
    : flat.map(String);
}
