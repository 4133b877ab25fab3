import { usageError } from '../errors/usage-error.js';

/** Options of a method by name, values as in JSON. */
export type MethodOptions = Readonly<Record<string, unknown>>;

/**
 * Reads repeated `--set option=value`: a value is JSON where it can be (`5`, `true`, `[1,2]`, `null`), text otherwise; a dot in the
 * option's name goes into an option's option (`training.steps=100`).
 *
 * @throws CrossmodalError `option` when there is no `=`, a name is empty, or an option is set twice.
 */
export function parseSetOptions(assignments: readonly string[]): MethodOptions {
  const options: Record<string, unknown> = {};
  for (const assignment of assignments) {
    const where = `--set '${assignment}'`;
    const equals = assignment.indexOf('=');
    const path = assignment.slice(0, Math.max(0, equals)).split('.');
    if (path.some((name) => !/^[A-Za-z][\w-]*$/.test(name)))
      throw usageError(where, 'OPTION=VALUE', `'${assignment}'`);
    const last = path.pop()!;
    if (path.length === 0 && last === 'preset')
      throw usageError(where, 'an option of the method', "'preset'", 'Use --preset.');
    let target = options;
    for (const name of path) {
      if (!Object.hasOwn(target, name)) target[name] = {};
      const inner = target[name];
      if (!isRecord(inner)) throw usageError(where, 'each option once', `'${name}' twice`);
      target = inner;
    }
    if (Object.hasOwn(target, last)) throw usageError(where, 'each option once', `'${last}' twice`);
    target[last] = parseValue(assignment.slice(equals + 1));
  }
  return options;
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
