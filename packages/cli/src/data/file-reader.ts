import { realpathSync } from 'node:fs';
import {
  decodeFile,
  hasRowBlocks,
  openRowBlocks,
  readFileBytes,
  readTable,
  type ArrayValue,
  type DecodedFile,
  type DecodeFileOptions,
  type FileRows,
  type Table,
} from '@crossmodal/io';
import { usageError } from '../errors/usage-error.js';
import type { Io } from '../io.js';
import { SOURCE_KEYS, STDIN, type SourceSpec } from './grammar/source-spec.js';

/** Standard input in messages. */
const STDIN_NAME = 'standard input';

/** Name of the array in files that hold no other. */
const ONLY = 'data';

type DecodedTable = Extract<DecodedFile, { readonly kind: 'table' }>;

/** The variables of a file. */
export type Variables = ReadonlyMap<string, ArrayValue>;

/** What a file holds: a table of text, or arrays by name. */
export type Content =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'arrays'; readonly variables: Variables };

/** How a table is read, beside what the source says. */
export interface TableUse {
  /** Columns kept as text, whatever they look like. */
  readonly text?: readonly string[];
  /** What missing values in columns of numbers do. @defaultValue 'refuse' */
  readonly missing?: 'refuse' | 'nan';
}

/** Reads files, each once however many modalities come from it. */
export interface FileReader {
  /**
   * @throws CrossmodalError naming the file, or a key that its format does not have.
   */
  read(source: SourceSpec, use?: TableUse): Promise<Content>;
  /**
   * Opens the rows of a file that can be read block by block; undefined for all others, which are read whole.
   *
   * @throws CrossmodalError naming the file, or a key that its format does not have.
   */
  openRows(source: SourceSpec): Promise<FileRows | undefined>;
  /** Names of the columns of a table that hold labels, and are no features. */
  labelColumns(path: string): ReadonlySet<string>;
  /** Whether a source is that of labels, to the variable. */
  isLabels(source: SourceSpec): boolean;
}

/**
 * Makes a reader that remembers the files it has read.
 *
 * @param sources - everything that will be read: a column that is asked for by name shows that a table has a header
 * @param labels - those of them that are labels
 */
export function fileReader(
  sources: readonly SourceSpec[],
  labels: readonly SourceSpec[],
  io: Pick<Io, 'stdin'>,
): FileReader {
  const files = new Map<string, Promise<DecodedFile>>();
  const columns = new Map<string, Set<string>>();
  const decoded = (source: SourceSpec): Promise<DecodedFile> => {
    checkOneStdin(source, sources);
    const key = JSON.stringify([source.path, source.format]);
    const known = files.get(key) ?? decode(source, io);
    files.set(key, known);
    return known;
  };
  for (const { path, variable } of labels) {
    if (variable === undefined) continue;
    const id = identity(path);
    columns.set(id, (columns.get(id) ?? new Set()).add(variable));
  }
  return {
    async read(source, use = {}) {
      const file = await decoded(source);
      if (file.kind === 'arrays') {
        checkKeys(source);
        return file;
      }
      const names = sources.flatMap(({ path, variable }) =>
        variable !== undefined && identity(path) === identity(source.path) ? [variable] : [],
      );
      return { kind: 'table', table: tableOf(file, source, use, names) };
    },
    async openRows(source) {
      // Of several arrays, and of an array by a name that it does not have, those who read it whole say what there is.
      const isOnly = source.variable === undefined || source.variable === ONLY;
      if (source.path === STDIN || !isOnly || !(await hasRowBlocks(source.path, formatOf(source))))
        return undefined;
      checkKeys(source);
      return openRowBlocks(source.path, { ...formatOf(source), beyond: 'round' });
    },
    labelColumns: (path) => columns.get(identity(path)) ?? new Set(),
    isLabels: ({ path, variable }) =>
      labels.some((label) => label.variable === variable && identity(label.path) === identity(path)),
  };
}

function formatOf({ format }: SourceSpec): Pick<DecodeFileOptions, 'format'> {
  return format === undefined ? {} : { format };
}

async function decode(source: SourceSpec, { stdin }: Pick<Io, 'stdin'>): Promise<DecodedFile> {
  const { path } = source;
  const options = formatOf(source);
  if (path !== STDIN) return decodeFile(await readFileBytes(path), path, options);
  if (stdin === undefined) throw usageError(`'${STDIN}'`, 'a file', 'standard input, which is not there');
  return decodeFile(await stdin(), STDIN, options);
}

/** Reads a table; where the first line was read as data and holds a name that is asked for, it is the header. */
function tableOf(
  { bytes, delimiter: own }: DecodedTable,
  source: SourceSpec,
  use: TableUse,
  names: readonly string[],
): Table {
  const { header, delimiter = own, decimal, path } = source;
  const options = {
    ...use,
    ...(header === undefined ? {} : { header }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(decimal === undefined ? {} : { decimal }),
    where: path === STDIN ? STDIN_NAME : `'${path}'`,
  };
  const table = readTable(bytes, options);
  const has = ({ columns }: Table, name: string) => columns.some((column) => column.name === name);
  if (header !== undefined || table.named || names.every((name) => has(table, name))) return table;
  const headed = readTable(bytes, { ...options, header: true });
  return names.every((name) => has(headed, name)) ? headed : table;
}

/** Standard input can be read once only. */
function checkOneStdin({ path, format }: SourceSpec, sources: readonly SourceSpec[]): void {
  if (path !== STDIN || sources.every((other) => other.path !== STDIN || other.format === format)) return;
  throw usageError(`'${STDIN}'`, 'one format of standard input', 'several');
}

/** Arrays have no header and no delimiter. */
function checkKeys(source: SourceSpec): void {
  const key = SOURCE_KEYS.find((name) => name !== 'format' && source[name] !== undefined);
  if (key !== undefined) throw usageError(`'${source.path}' key '${key}'`, 'a table of text', 'arrays');
}

/** One name for a file, however its path is written. */
function identity(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // What cannot be found is refused when it is read.
    return path;
  }
}
