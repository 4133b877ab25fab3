import { stat } from 'node:fs/promises';
import { bytesPerNumber } from '../binary/decode-numbers.js';
import { checkLength } from '../binary/check-length.js';
import { GZIP_MAGIC, refuseGzip } from '../compression/gzip-magic.js';
import { fileError } from '../file-error.js';
import { formatError, unsupportedError } from '../format-error.js';
import type { ArrayFormat } from '../formats/array-format.js';
import { detectFormat } from '../formats/detect-format.js';
import { startsWith } from '../formats/starts-with.js';
import { NPY_MAGIC } from '../numpy/header.js';
import { sourceName } from '../source-name.js';
import type { ByteSource } from './byte-source.js';
import { gzipSource } from './gzip-source.js';
import { plainSource } from './plain-source.js';
import { MAXIMUM_HEADER, rowLayout, type RowFormat, type RowLayout } from './row-layout.js';

/** A file of rows whose header has been read. */
export interface RowFile {
  readonly layout: RowLayout;
  /** Opens its bytes, decompressed, once more. */
  readonly source: () => Promise<ByteSource>;
}

/** Deflate gives at most 1032 bytes per byte. */
const MOST_INFLATED = 1032;

/**
 * Reads the start of a file of rows, and checks that the rest has the length that it states; of a gzipped file only that it can have.
 *
 * @throws CrossmodalError `not-found` when it cannot be read; `format` when it is damaged; `unsupported` when its rows cannot be read one
 * after the other; `shape` when it has none.
 */
export async function openRowFile(path: string, format: ArrayFormat | undefined): Promise<RowFile> {
  const where = sourceName(path);
  const bytes = await fileSize(path, where);
  const magic = await startOf(await plainSource(path), GZIP_MAGIC.length);
  const isGzip = startsWith(magic, GZIP_MAGIC);
  const source = () => (isGzip ? Promise.resolve(gzipSource(path, where)) : plainSource(path));
  const start = await startOf(await source(), MAXIMUM_HEADER);
  if (isGzip) refuseGzip(start, where);
  const layout = rowLayout(start, rowFormat(start, path, where, format), where);
  const size = bytesPerNumber(layout.numbers);
  if (!isGzip) checkLength(layout.shape, size, bytes - layout.offset, where);
  // A header that lies must not make anyone reserve memory that the file cannot fill.
  const most = MOST_INFLATED * bytes;
  if (isGzip && layout.shape[0]! * layout.rowBytes > most) {
    throw formatError(where, `${layout.shape[0]} rows of ${layout.rowBytes} bytes`, `at most ${most} bytes`);
  }
  return { layout, source };
}

/** Size of a file that can be read more than once. */
async function fileSize(path: string, where: string): Promise<number> {
  const found = await stat(path).catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  if (found.isFile() || found.isDirectory()) return found.size;
  throw unsupportedError(
    where,
    'a file that can be read several times',
    'a pipe or a device',
    'Save it as a file.',
  );
}

async function startOf(source: ByteSource, length: number): Promise<Uint8Array> {
  try {
    return await source.take(length);
  } finally {
    await source.close();
  }
}

function rowFormat(
  start: Uint8Array,
  path: string,
  where: string,
  given: ArrayFormat | undefined,
): RowFormat {
  // Of formats that are told by the end of a file none starts like one of the two.
  const isKnown = startsWith(start, NPY_MAGIC) || (start[0] === 0 && start[1] === 0 && start.length >= 4);
  const found = given ?? (isKnown ? detectFormat(start, path.replace(/\.gz$/i, ''), where) : undefined);
  if (found === 'npy' || found === 'idx') return found;
  throw unsupportedError(
    where,
    'a .npy or IDX file, whose rows can be read block by block',
    found === undefined ? 'another format' : `a file of format ${found}`,
    'Read it whole with readArrays, or save its rows as .npy.',
  );
}
