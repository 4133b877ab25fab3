import { zipEntries } from '../zip/entries.js';
import type { ForeignFormat } from './foreign-format.js';

/** Formats that are zip archives, by a file that they hold. */
const KINDS: readonly (readonly [file: RegExp, name: string, cure: string])[] = [
  [/^xl\//, 'an Excel workbook', 'Save the sheet as CSV.'],
  [/^content\.xml$/, 'an OpenDocument file such as .ods', 'Save the sheet as CSV.'],
  [/^(word|ppt)\//, 'an Office document', 'Export the table as CSV.'],
  [/(^|\/)data\.pkl$/, 'a PyTorch file', 'Save its tensors with numpy.savez.'],
];

/**
 * The format of a zip archive that is no NumPy archive by what it holds; undefined when nothing tells.
 *
 * @throws CrossmodalError `format` when the archive is damaged.
 */
export function zipContents(bytes: Uint8Array, where: string): ForeignFormat | undefined {
  const names = zipEntries(bytes, where).map(({ name }) => name);
  const kind = KINDS.find(([file]) => names.some((name) => file.test(name)));
  return kind && { name: kind[1], cure: kind[2] };
}
