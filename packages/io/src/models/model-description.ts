import type * as z from 'zod';
import { damagedModel } from './model-arrays.js';

/** Name of the description of a model, in a directory or an archive. */
export const DESCRIPTION = 'model.json';

/**
 * Parses the description of a saved model and checks it against a schema.
 *
 * @throws CrossmodalError `format` when it is no JSON, or not what the schema describes.
 */
export function parseDescription<S extends z.ZodType>(
  where: string,
  path: string,
  text: string,
  schema: S,
): z.output<S> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw damagedModel(where, path, 'text that is not JSON');
  }
  const outcome = schema.safeParse(content);
  if (outcome.success) return outcome.data;
  const issue = outcome.error.issues[0]!;
  throw damagedModel(where, path, `${issue.path.join('.')}: ${issue.message}`);
}

/** The text of a description. */
export function descriptionText(description: object): string {
  return `${JSON.stringify(description, undefined, 2)}\n`;
}
