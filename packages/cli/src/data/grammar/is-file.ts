import { statSync } from 'node:fs';
import { STDIN } from './source-spec.js';

/** Whether a path leads to something that can be read as a file; the path of standard input does not. */
export function isFile(path: string): boolean {
  if (path === STDIN) return false;
  try {
    return !statSync(path).isDirectory();
  } catch {
    // Whatever the reason, there is no file to prefer; who reads the path then tells the reason.
    return false;
  }
}
