import type { z } from 'zod';
import { CrossmodalError } from './errors.js';

/**
 * Validates options once, at the edge, with a zod schema; unknown keys are refused when the schema is strict.
 *
 * @throws CrossmodalError `option` naming the first offending option.
 */
export function parseOptions<S extends z.ZodType>(where: string, schema: S, options: unknown): z.output<S> {
  const outcome = schema.safeParse(options);
  if (outcome.success) return outcome.data;
  const issue = outcome.error.issues[0]!;
  const path = issue.path.map(String).join('.');
  throw new CrossmodalError({
    code: 'option',
    where: path === '' ? where : `${where} option '${path}'`,
    expected: 'a valid value',
    received: issue.message,
  });
}
