import { printable } from '../arrays/describe-array.js';

/** A file in messages; `-` is standard input. */
export function sourceName(path: string): string {
  return path === '-' ? 'standard input' : `'${printable(path)}'`;
}
