import { mixed, paired, type MultiModalData } from '@crossmodal/core';
import { usageError } from '../../errors/usage-error.js';
import type { Warning } from '../../warnings.js';
import type { FileReader } from '../file-reader.js';
import type { ModalitySpec } from '../grammar/modality-spec.js';
import { checkRowCounts } from './check-row-counts.js';
import { inspectModalities } from './inspect-modalities.js';
import { loadModality } from './load-modality.js';
import type { LoadedModality } from './loaded-modality.js';
import type { ModalityDescription } from './modality-description.js';

/** Data that were read, and what is to be said of them. */
export interface LoadedData {
  readonly data: MultiModalData;
  /** One per modality, in their order. */
  readonly descriptions: readonly ModalityDescription[];
  readonly warnings: readonly Warning[];
}

/**
 * Reads every `--modality`, in order; names that repeat get a number. Rows are paired, or with `mixed` each row is an object of its own,
 * numbered modality after modality.
 *
 * @throws CrossmodalError when one cannot be read, the numbers of paired rows differ, or rows of mixed data may be absent.
 */
export async function loadData(
  kind: MultiModalData['kind'],
  specs: readonly ModalitySpec[],
  files: FileReader,
  signal?: AbortSignal,
): Promise<LoadedData> {
  if (kind === 'mixed' && specs.some(({ absent }) => absent !== undefined)) {
    throw usageError(
      "--modality key 'absent'",
      'a method of paired data',
      'one for which every row is an object',
      'Leave absent rows out of the file.',
    );
  }
  const loaded: LoadedModality[] = [];
  const names = new Map<string, number>();
  for (const spec of specs) {
    for (const one of await loadModality(spec, files, signal)) {
      const count = (names.get(one.modality.name) ?? 0) + 1;
      names.set(one.modality.name, count);
      loaded.push(
        count === 1 || spec.name !== undefined ? one : renamed(one, `${one.modality.name}-${count}`),
      );
    }
  }
  const modalities = loaded.map(({ modality }) => modality);
  if (kind === 'paired') checkRowCounts(modalities);
  return {
    data: kind === 'mixed' ? mixed(modalities) : paired(modalities),
    descriptions: loaded.map(({ description }) => description),
    warnings: [...loaded.flatMap(({ warnings }) => warnings), ...inspectModalities(modalities)],
  };
}

function renamed({ modality, description, warnings }: LoadedModality, name: string): LoadedModality {
  const own = `'${modality.name}'`;
  return {
    modality: { ...modality, name },
    description: { ...description, name },
    warnings: warnings.map(({ code, message }) => ({
      code,
      message: message.replace(own, () => `'${name}'`),
    })),
  };
}
