import { unsupportedError } from '../format-error.js';
import { startsWith } from '../formats/starts-with.js';

/** The bytes every gzip file starts with. */
export const GZIP_MAGIC = '\x1f\x8b';

/** Refuses a gzip file inside a gzip file, which is nothing but a way to hide a bomb. */
export function refuseGzip(content: Uint8Array, where: string): void {
  if (startsWith(content, GZIP_MAGIC))
    throw unsupportedError(where, 'a file gzipped once', 'one gzipped twice', 'Unpack it.');
}
