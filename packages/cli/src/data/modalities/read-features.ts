import { selectArray } from '@crossmodal/io';
import { parse } from 'node:path';
import { usageError } from '../../errors/usage-error.js';
import type { FileReader } from '../file-reader.js';
import type { ModalitySpec } from '../grammar/modality-spec.js';
import { STDIN } from '../grammar/source-spec.js';
import { arrayFeatures } from './array-features.js';
import type { StoredFeatures } from './stored-features.js';
import { tableFeatures } from './table-features.js';

/**
 * Reads the features that a `--modality` names: of a table its columns of numbers, of an array its rows, of a cell array those of each
 * cell.
 *
 * @throws CrossmodalError naming the file or the variable that cannot be used.
 */
export async function readFeatures(
  spec: ModalitySpec,
  files: FileReader,
): Promise<readonly StoredFeatures[]> {
  const name = nameOf(spec);
  const content = await files.read(spec, spec.absent === undefined ? {} : { missing: 'nan' });
  if (content.kind === 'table')
    return [tableFeatures(spec, name, content.table, files.labelColumns(spec.path))];
  refuseLabels(spec, name, files);
  const value = selectArray(content.variables, spec.variable, `'${spec.path}'`);
  if (value.kind !== 'cell') return [arrayFeatures(spec, name, value)];
  return value.items.map((item, i) => arrayFeatures(spec, `${name}-${i + 1}`, item));
}

/** Name of a modality: that of the user, of the variable or of the file. */
export function nameOf({ name, variable, path }: ModalitySpec): string {
  return name ?? variable ?? (path === STDIN ? 'stdin' : parse(path.replace(/\.gz$/i, '')).name);
}

/** Refuses what is named as labels. */
export function refuseLabels(spec: ModalitySpec, name: string, files: FileReader): void {
  if (files.isLabels(spec)) throw usageError(`modality '${name}'`, 'features', 'what --labels names');
}
