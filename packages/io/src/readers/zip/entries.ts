import { formatError } from '../format-error.js';

/** One file of a zip archive as the directory at its end tells; nothing of it is decompressed yet. */
export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  /** 0 stored, 8 deflate. */
  readonly method: number;
  readonly crc: number;
  /** Bytes after decompression. */
  readonly size: number;
  /** Bytes in the archive. */
  readonly storedSize: number;
  /** Where the file's own header stands. */
  readonly offset: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;

/** Bytes of a file's own header, without its name. */
export const LOCAL_HEADER = 30;

/**
 * Lists the files of a zip archive by its central directory.
 *
 * @throws CrossmodalError `format` when there is no directory, it is damaged, or its files take more bytes than the archive has, which
 * is how a small archive is made to hold the same data thousands of times.
 */
export function zipEntries(bytes: Uint8Array, where: string): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findEnd(view);
  if (end < 0)
    throw formatError(where, 'a zip archive with its directory at the end', `${bytes.length} bytes without`);
  const count = view.getUint16(end + 10, true);
  let position = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  let taken = 0;
  for (let i = 0; i < count; i++) {
    if (position + 46 > bytes.length || view.getUint32(position, true) !== CENTRAL) {
      throw formatError(where, `${count} directory entries`, `${i}`);
    }
    const nameLength = view.getUint16(position + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(position + 46, position + 46 + nameLength));
    const entry = readEntry(view, position, name);
    entries.push(entry);
    // A size of 4 GiB stands in another place, and is refused when the file is read.
    if (entry.storedSize !== 0xffffffff) taken += LOCAL_HEADER + nameLength + entry.storedSize;
    position += 46 + nameLength + view.getUint16(position + 30, true) + view.getUint16(position + 32, true);
  }
  if (taken > bytes.length) {
    throw formatError(where, 'files that do not overlap in the archive', `${taken} of ${bytes.length} bytes`);
  }
  return entries;
}

function readEntry(view: DataView, position: number, name: string): ZipEntry {
  return {
    name,
    encrypted: (view.getUint16(position + 8, true) & 1) !== 0,
    method: view.getUint16(position + 10, true),
    crc: view.getUint32(position + 16, true),
    storedSize: view.getUint32(position + 20, true),
    size: view.getUint32(position + 24, true),
    offset: view.getUint32(position + 42, true),
  };
}

/** Offset of the end record, searched backwards over the longest comment it may carry. */
function findEnd(view: DataView): number {
  const last = view.byteLength - 22;
  for (let p = last; p >= 0 && p >= last - 0xffff; p--) {
    if (view.getUint32(p, true) === END) return p;
  }
  return -1;
}
