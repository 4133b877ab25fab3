import {
  blockRanges,
  CrossmodalError,
  throwIfAborted,
  type BlockOptions,
  type RowBlock,
  type RowBlocks,
} from '@crossmodal/core';
import { describeNumbers } from '../../arrays/describe-array.js';
import { bytesPerNumber, decodeOwn, fitsSingle, withinDoubles } from '../binary/decode-numbers.js';
import { formatError } from '../format-error.js';
import type { ArrayFormat } from '../formats/array-format.js';
import { sourceName } from '../source-name.js';
import { openRowFile, type RowFile } from './row-file.js';
import type { RowFormat, RowLayout } from './row-layout.js';

/** Options of {@link openRowBlocks}. */
export interface OpenRowBlocksOptions {
  /** Format of the file, whatever its name and its content look like. @defaultValue as both tell */
  readonly format?: ArrayFormat;
  /** What 64-bit integers beyond 2^53 do: refuse the file, or become the nearest doubles. @defaultValue 'refuse' */
  readonly beyond?: 'refuse' | 'round';
}

/** Consecutive rows of a file. */
export interface FileRowBlock extends RowBlock {
  /** Whether integers beyond 2^53 became the nearest doubles. */
  readonly rounded: boolean;
}

/** The rows of a file. */
export interface FileRows extends RowBlocks {
  readonly format: RowFormat;
  /** Shape of the stored array, `[n, ...]`. */
  readonly shape: readonly number[];
  /** What the file holds, in a few words, for messages. */
  readonly description: string;
  /** Reads the rows once, from the disk. */
  blocks(options?: BlockOptions): AsyncIterable<FileRowBlock>;
}

/**
 * Opens a `.npy` or IDX file, plain or gzipped, whose rows are then read block by block. The file may be larger than memory. The values
 * equal those of {@link readArrays} bit for bit: 32 bits where these are exact for the stored type, else 64.
 *
 * A gzipped file is decompressed from its start in every pass. Whether its checksum and its length are right is known at the end of a pass.
 * Its decompressed size is not limited, since no more than a block is kept.
 *
 * @throws CrossmodalError `not-found` when the file cannot be read; `format` when it is damaged; `unsupported` when it is of another format,
 * in Fortran order, no numbers, or no file that can be read again; `shape` when its rows hold nothing; `option` when `beyond` is neither. A pass throws `format` when the file
 * ends early, and `value` at integers beyond 2^53 unless they are rounded.
 * @example
 * ```ts no-run
 * const rows = await openRowBlocks('features.npy');
 * for await (const { start, features } of rows.blocks({ rowsPerBlock: 1000 })) console.log(start, features.rows, rows.columns);
 * ```
 */
export async function openRowBlocks(path: string, options: OpenRowBlocksOptions = {}): Promise<FileRows> {
  const { format, beyond = 'refuse' } = options;
  if (beyond !== 'refuse' && beyond !== 'round') {
    throw new CrossmodalError({
      code: 'option',
      where: "openRowBlocks option 'beyond'",
      expected: "'refuse' or 'round'",
      received: `'${String(beyond)}'`,
    });
  }
  const file = await openRowFile(path, format);
  const { shape, numbers, format: stored } = file.layout;
  const [rows = 0, ...rowShape] = shape;
  const source = {
    rows,
    columns: rowShape.reduce((product, size) => product * size, 1),
    // A vector of numbers is one feature.
    rowShape: rowShape.length === 0 ? [1] : rowShape,
    precision: fitsSingle(numbers) ? 'single' : 'double',
    format: stored,
    shape,
    description: describeNumbers(shape),
  } as const;
  const where = sourceName(path);
  return {
    ...source,
    blocks: (pass = {}) =>
      readBlocks(file, blockRanges(where, source, pass), { where, beyond, signal: pass.signal }),
  };
}

interface ReadContext {
  readonly where: string;
  readonly beyond: 'refuse' | 'round';
  readonly signal: AbortSignal | undefined;
}

async function* readBlocks(
  { layout, source }: RowFile,
  ranges: readonly (readonly [number, number])[],
  { where, beyond, signal }: ReadContext,
): AsyncGenerator<FileRowBlock> {
  const { offset, rowBytes, shape } = layout;
  const [first] = ranges;
  if (first === undefined) return;
  const bytes = await source();
  try {
    await bytes.skip(offset + first[0] * rowBytes);
    for (const [start, end] of ranges) {
      throwIfAborted(signal, where);
      const length = (end - start) * rowBytes;
      const taken = await bytes.take(length);
      if (taken.length < length) {
        throw formatError(
          where,
          `${shape[0]} rows of ${rowBytes} bytes`,
          `${start * rowBytes + taken.length} bytes`,
        );
      }
      // Only at the end shows that nothing follows, and of a gzipped file that its checksum fits.
      if (end === shape[0] && (await bytes.take(1)).length > 0) {
        throw formatError(where, `nothing after ${end} rows of ${rowBytes} bytes`, 'more bytes');
      }
      yield decodeBlock(taken, start, layout, { where, beyond });
    }
  } finally {
    await bytes.close();
  }
}

function decodeBlock(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  { numbers, littleEndian, rowBytes }: RowLayout,
  { where, beyond }: Pick<ReadContext, 'where' | 'beyond'>,
): FileRowBlock {
  const rows = bytes.length / rowBytes;
  const columns = rowBytes / bytesPerNumber(numbers);
  const decoded = decodeOwn(bytes, numbers, littleEndian, fitsSingle(numbers));
  const rounded =
    beyond === 'round' && (decoded instanceof BigInt64Array || decoded instanceof BigUint64Array);
  const values = rounded ? Float64Array.from(decoded, Number) : withinDoubles(decoded, where);
  return { start, features: { kind: 'dense', rows, columns, values }, rounded };
}
