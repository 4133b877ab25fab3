import { usageError } from '../../errors/usage-error.js';
import { parsePathVariable, type PathVariable } from './path-variable.js';

/** A specification taken apart: the file, the variable, and the keys behind them. */
export interface SplitSpec extends PathVariable {
  /** Value of each key that was given; empty for keys without a value. */
  readonly values: ReadonlyMap<string, string>;
}

/** Options of {@link splitSpec}. */
export interface SplitSpecOptions {
  /** The option in messages, with what it was given. */
  readonly where: string;
  /** Keys that may follow. */
  readonly keys: readonly string[];
  /** Those of them that take no value. */
  readonly flags?: readonly string[];
  /** Whether a path leads to a file. */
  readonly isFile: (path: string) => boolean;
}

/**
 * Takes `PATH[:VARIABLE][,key=value...]` apart. A file that exists wins over the grammar: the longest beginning that is the path of a file
 * is the path, whatever commas and colons it holds.
 *
 * @throws CrossmodalError `option` naming what cannot be used.
 */
export function splitSpec(text: string, options: SplitSpecOptions): SplitSpec {
  const { where, isFile } = options;
  for (let end = text.length; end > 0; end--) {
    if (end < text.length && text[end] !== ',' && text[end] !== ':') continue;
    // No format allows a slash in a variable's name, so a colon before one is part of a path.
    if (/^:[^,]*[\\/]/.test(text.slice(end)) || !isFile(text.slice(0, end))) continue;
    const { head, values } = splitKeys(text.slice(end), options);
    if (head === '') return { path: text.slice(0, end), values };
    if (head.startsWith(',')) throw unknownKey(options, head.slice(1));
    if (head === ':') throw usageError(where, 'PATH or PATH:VARIABLE', `'${text}'`);
    return { path: text.slice(0, end), variable: head.slice(1), values };
  }
  const { head, values } = splitKeys(text, options);
  return { ...parsePathVariable(where, head), values };
}

/** Takes known keys off the right; what remains is the path. */
function splitKeys(
  text: string,
  options: SplitSpecOptions,
): { readonly head: string; readonly values: ReadonlyMap<string, string> } {
  const { where, keys, flags = [] } = options;
  const values = new Map<string, string>();
  let head = text;
  for (let comma = head.lastIndexOf(','); comma >= 0; comma = head.lastIndexOf(',')) {
    const given = head.slice(comma + 1);
    const equals = given.indexOf('=');
    const key = equals < 0 ? given : given.slice(0, equals);
    const value = equals < 0 ? undefined : given.slice(equals + 1);
    if (!keys.includes(key)) {
      if (value === undefined) break;
      throw unknownKey(options, given);
    }
    const isFlag = flags.includes(key);
    if (isFlag !== (value === undefined) || value === '') {
      throw usageError(where, isFlag ? `'${key}' without a value` : `a value, ${key}=...`, `'${given}'`);
    }
    if (values.has(key)) throw usageError(where, 'each key once', `'${key}' twice`);
    values.set(key, value ?? '');
    head = head.slice(0, comma);
  }
  return { head, values };
}

function unknownKey({ where, keys }: SplitSpecOptions, given: string): Error {
  return usageError(where, `the keys ${keys.join(', ')}`, `'${given.split('=')[0]!}'`);
}
