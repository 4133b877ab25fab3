import { usageError } from '../../errors/usage-error.js';

/** A file, and what to take of it. */
export interface PathVariable {
  readonly path: string;
  /** Variable inside the file, when one is named. */
  readonly variable?: string;
}

/**
 * Takes `PATH[:VARIABLE]` apart at the last colon; the colon of a Windows drive (`C:\data.mat`, `C:/data.mat`) belongs to the path.
 *
 * @throws CrossmodalError `option` when the path is empty, or the variable is.
 */
export function parsePathVariable(where: string, text: string): PathVariable {
  const colon = text.lastIndexOf(':');
  const rest = text.slice(colon + 1);
  const isDrive = colon === 1 && /^[A-Za-z]$/.test(text[0]!) && /^[\\/]/.test(rest);
  // No format allows a slash in a variable's name, so a colon before one is part of a folder's name.
  if (colon < 0 || isDrive || /[\\/]/.test(rest)) {
    if (text === '') throw usageError(where, 'PATH or PATH:VARIABLE', 'nothing');
    return { path: text };
  }
  const path = text.slice(0, colon);
  if (path === '' || rest === '') throw usageError(where, 'PATH or PATH:VARIABLE', `'${text}'`);
  return { path, variable: rest };
}
