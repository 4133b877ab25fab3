import { labelsFromArray, selectArray, type LabelArray } from '@crossmodal/data';
import type { FileReader } from './file-reader.js';
import { splitKeys } from './modality-spec.js';
import { parsePathVariable } from './path-variable.js';
import { parseRowRange, resolveRowRange } from './row-range.js';

/**
 * Reads labels, `PATH[:VARIABLE][,rows=FIRST:LAST]`: whole numbers or text, one an object.
 *
 * @throws CrossmodalError `not-found` when the file or variable is not there, `shape` when it is no vector, `value` when a
 * label is no whole number.
 */
export async function loadLabels(option: string, text: string, files: FileReader): Promise<LabelArray> {
  const where = `${option} '${text}'`;
  const { head, values } = splitKeys(where, text, ['rows']);
  const source = parsePathVariable(where, head);
  const rows = values.get('rows');
  const range = rows === undefined ? undefined : parseRowRange(where, rows);
  const labels = labelsFromArray(
    selectArray(await files.read(source), source.variable, `'${source.path}'`, 'labels'),
    where,
  );
  return labels.slice(...resolveRowRange(where, range, labels.length));
}
