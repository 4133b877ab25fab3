import { readArrays, type ArrayValue } from '@crossmodal/data';
import { isTable } from './is-table.js';
import type { PathVariable } from './path-variable.js';

/** The variables of a file. */
export type Variables = ReadonlyMap<string, ArrayValue>;

/** Reads files, each once however many modalities come from it. */
export interface FileReader {
  read(source: PathVariable): Promise<Variables>;
}

/** Makes a reader that remembers the files it has read. */
export function fileReader(): FileReader {
  const files = new Map<string, Promise<Variables>>();
  const once = (key: string, open: () => Promise<Variables>): Promise<Variables> => {
    const known = files.get(key) ?? open();
    files.set(key, known);
    return known;
  };
  return {
    async read({ path, variable }) {
      const variables = await once(path, () => readArrays(path));
      if (variable === undefined || variables.has(variable) || !isTable(path)) return variables;
      // In a table of text alone nothing tells a header from a row but the name that is asked for.
      const headed = await once(`${path} headed`, () => readArrays(path, { header: true })).catch(
        () => variables,
      );
      return headed.has(variable) ? headed : variables;
    },
  };
}
