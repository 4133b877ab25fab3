import { mixed, paired, type Modality, type MultiModalData } from '@crossmodal/core';
import type { FileReader } from './file-reader.js';
import { loadModality } from './load-modality.js';
import { usageError } from '../usage-error.js';
import { parseModalitySpec } from './modality-spec.js';

/**
 * Reads every `--modality`, in order; names that repeat get a number. Rows are paired, or with `mixed` each row is an object of its own,
 * numbered modality after modality.
 *
 * @throws CrossmodalError when one cannot be read, the numbers of paired rows differ, or rows of mixed data may be absent.
 */
export async function loadData(
  kind: MultiModalData['kind'],
  specs: readonly string[],
  files: FileReader,
): Promise<MultiModalData> {
  const modalities: Modality[] = [];
  const names = new Map<string, number>();
  // All are parsed before the first is read, so that a slip in the last is told at once.
  const parsed = specs.map(parseModalitySpec);
  if (kind === 'mixed' && parsed.some(({ absent }) => absent !== undefined)) {
    throw usageError(
      "--modality key 'absent'",
      'a method of paired data',
      'one for which every row is an object',
      'Leave absent rows out of the file.',
    );
  }
  for (const spec of parsed) {
    for (const modality of await loadModality(spec, files)) {
      const count = (names.get(modality.name) ?? 0) + 1;
      names.set(modality.name, count);
      modalities.push(
        count === 1 || spec.name !== undefined
          ? modality
          : { ...modality, name: `${modality.name}-${count}` },
      );
    }
  }
  return kind === 'mixed' ? mixed(modalities) : paired(modalities);
}
