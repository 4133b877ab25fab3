import { isFile } from './is-file.js';
import type { RowRange } from './row-range.js';
import { parseRowRange } from './row-range.js';
import { parseSource, SOURCE_KEYS, type SourceSpec } from './source-spec.js';
import { splitSpec } from './split-spec.js';

/** What `--labels` and `--predicted` say. */
export interface LabelSpec extends SourceSpec {
  readonly rows?: RowRange;
}

/**
 * Reads `PATH[:VARIABLE][,key=value...]`: labels, whose rows may be chosen.
 *
 * @throws CrossmodalError `option` naming what cannot be used.
 */
export function parseLabelSpec(option: string, text: string, exists = isFile): LabelSpec {
  const where = `${option} '${text}'`;
  const { values, ...source } = splitSpec(text, { where, keys: ['rows', ...SOURCE_KEYS], isFile: exists });
  const rows = values.get('rows');
  return {
    ...parseSource(where, source, values),
    ...(rows === undefined ? {} : { rows: parseRowRange(`${where} key 'rows'`, rows) }),
  };
}
