import type * as z from 'zod';
import { CrossmodalError } from './errors.js';

type Issue = z.core.$ZodIssue;

/**
 * Validates options once, at the edge, with a zod schema; unknown keys are refused when the schema is strict.
 *
 * @throws CrossmodalError `option` naming the first offending option, what it takes and what came.
 */
export function parseOptions<S extends z.ZodType>(where: string, schema: S, options: unknown): z.output<S> {
  const outcome = schema.safeParse(options);
  if (outcome.success) return outcome.data;
  const issue = deepest(outcome.error.issues[0]!);
  const path = issue.path.map(String).join('.');
  const place = path === '' ? where : `${where} option '${path}'`;
  if (issue.code === 'unrecognized_keys') {
    const known = path === '' ? namesOf(schema) : '';
    throw new CrossmodalError({
      code: 'option',
      where: place,
      expected: known === '' ? 'known options only' : `the options ${known}`,
      received: issue.keys.map((key) => `'${key}'`).join(', '),
    });
  }
  const value = issue.path.reduce<unknown>(
    (outer, key) => (outer as Record<PropertyKey, unknown>)[key],
    options,
  );
  throw new CrossmodalError({
    code: 'option',
    where: place,
    expected: expectedBy(issue),
    received: shown(value),
  });
}

/** Where one choice of several fits but for something inside it, that is what is wrong. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inside = issue.errors.flat().find(({ path }) => path.length > 0);
  return inside === undefined ? issue : deepest({ ...inside, path: [...issue.path, ...inside.path] });
}

function expectedBy(issue: Issue): string {
  if (issue.code === 'invalid_value') return issue.values.map(shown).join(', ');
  if (issue.code === 'invalid_union') return issue.errors.map(([first]) => expectedBy(first!)).join(' or ');
  // Such as 'Too small: expected number to be >=1'.
  const words = /expected (.*?)(?:, received .*)?$/s.exec(issue.message)?.[1] ?? 'a valid value';
  return words
    .replace(' to be ', ' ')
    .replace(' to have ', ' of ')
    .replace(/^int$/, 'an integer')
    .replace(/^(number|boolean|string)\b/, 'a $1')
    .replace(/^(array|object)\b/, 'an $1');
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}

function namesOf(schema: z.ZodType): string {
  return 'shape' in schema && typeof schema.shape === 'object'
    ? Object.keys(schema.shape ?? {}).join(', ')
    : '';
}
