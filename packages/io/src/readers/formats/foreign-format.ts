import { startsWith } from './starts-with.js';

/** A format that is recognised and not read. */
export interface ForeignFormat {
  /** What it is, with its article. */
  readonly name: string;
  /** How to get at its numbers. */
  readonly cure: string;
}

const TABLE = 'Export the table as CSV.';
const PANDAS = 'Export it as CSV, in pandas with .to_csv(file, index=False).';
const PIXELS =
  'Put the pixels of all images into one array, [n, height, width, channels], and save it as .npy.';
const UNPACK = 'Unpack it first; of compressed files only .gz is read.';

/** Formats by the bytes that they start with. */
const MAGICS: readonly (readonly [magic: string, name: string, cure: string])[] = [
  ['PAR1', 'a Parquet file', PANDAS],
  ['ARROW1', 'an Arrow file', PANDAS],
  ['FEA1', 'a Feather file', PANDAS],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an Office document such as .xls', 'Save the sheet as CSV.'],
  ['RDX2\n', 'an R data file', 'Export it in R with write.csv(x, file, row.names = FALSE).'],
  ['RDX3\n', 'an R data file', 'Export it in R with write.csv(x, file, row.names = FALSE).'],
  ['X\n\0\0\0', 'an R data file', 'Export it in R with write.csv(x, file, row.names = FALSE).'],
  ['\x89PNG\r\n\x1a\n', 'a PNG image', PIXELS],
  ['\xff\xd8\xff', 'a JPEG image', PIXELS],
  ['GIF8', 'a GIF image', PIXELS],
  ['II*\0', 'a TIFF image', PIXELS],
  ['MM\0*', 'a TIFF image', PIXELS],
  ['%PDF-', 'a PDF document', TABLE],
  ['SQLite format 3\0', 'an SQLite database', TABLE],
  ['BZh', 'a file compressed by bzip2', UNPACK],
  ['\xfd7zXZ\0', 'a file compressed by xz', UNPACK],
  ['\x28\xb5\x2f\xfd', 'a file compressed by zstd', UNPACK],
  ["7z\xbc\xaf'\x1c", 'a 7z archive', UNPACK],
];

/** Those of {@link MAGICS} that also end a file; as the start of a table they would be the name of a column. */
const CLOSING = ['PAR1', 'ARROW1', 'FEA1'];

/** The format of a file that starts like one that is not read; undefined for all others. */
export function foreignFormat(bytes: Uint8Array): ForeignFormat | undefined {
  const found = MAGICS.find(
    ([magic]) =>
      startsWith(bytes, magic) &&
      (!CLOSING.includes(magic) || startsWith(bytes.subarray(-magic.length), magic)),
  );
  if (found !== undefined) return { name: found[1], cure: found[2] };
  // A pickle of protocol 2 to 5 ends in a full stop.
  const isPickle = bytes[0] === 0x80 && bytes[1]! >= 2 && bytes[1]! <= 5 && bytes.at(-1) === 0x2e;
  return isPickle ? { name: 'a Python pickle', cure: 'Save its arrays with numpy.savez.' } : undefined;
}
