import { mixed, paired, type Modality, type MultiModalData } from '@crossmodal/core';
import type { FileReader } from './file-reader.js';
import { loadModality } from './load-modality.js';
import { parseModalitySpec } from './modality-spec.js';

/**
 * Reads every `--modality`, in order; names that repeat get a number. Rows are paired, or with `mixed` each row is an object of its own,
 * numbered modality after modality.
 *
 * @throws CrossmodalError when one cannot be read, or the numbers of paired rows differ.
 */
export async function loadData(
  kind: MultiModalData['kind'],
  specs: readonly string[],
  files: FileReader,
): Promise<MultiModalData> {
  const modalities: Modality[] = [];
  const names = new Map<string, number>();
  // All are parsed before the first is read, so that a slip in the last is told at once.
  for (const spec of specs.map(parseModalitySpec)) {
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
