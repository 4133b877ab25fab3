import { formatError, unsupportedError } from '../format-error.js';

/** One file of a zip archive, still compressed. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflate. */
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly data: Uint8Array;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/** Lists the files of a zip archive by its central directory; every offset and size is checked against the bytes. */
export function zipEntries(bytes: Uint8Array, where: string): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = findEnd(view);
  if (end < 0)
    throw formatError(where, 'a zip archive with its directory at the end', `${bytes.length} bytes without`);
  const count = view.getUint16(end + 10, true);
  let position = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (position + 46 > bytes.length || view.getUint32(position, true) !== CENTRAL) {
      throw formatError(where, `${count} directory entries`, `${i}`);
    }
    const nameLength = view.getUint16(position + 28, true);
    const nameBytes = bytes.subarray(position + 46, position + 46 + nameLength);
    entries.push(readEntry(view, bytes, position, new TextDecoder().decode(nameBytes), where));
    position += 46 + nameLength + view.getUint16(position + 30, true) + view.getUint16(position + 32, true);
  }
  return entries;
}

function readEntry(
  view: DataView,
  bytes: Uint8Array,
  position: number,
  name: string,
  where: string,
): ZipEntry {
  const flags = view.getUint16(position + 8, true);
  const method = view.getUint16(position + 10, true);
  const stored = view.getUint32(position + 20, true);
  const size = view.getUint32(position + 24, true);
  const local = view.getUint32(position + 42, true);
  if (flags & 1)
    throw unsupportedError(
      where,
      'plain entries',
      `'${name}' encrypted`,
      'Save the archive without a password.',
    );
  if (method !== 0 && method !== 8) {
    throw unsupportedError(
      where,
      'entries stored or deflated',
      `'${name}' by method ${method}`,
      'Save it with numpy.savez.',
    );
  }
  if ([stored, size, local].includes(0xffffffff)) {
    throw unsupportedError(
      where,
      'entries below 4 GiB',
      `'${name}' beyond`,
      'Save the array as its own .npy file.',
    );
  }
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL) {
    throw formatError(where, `the file '${name}' where the directory says`, 'other bytes');
  }
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + stored > bytes.length)
    throw formatError(where, `${stored} bytes of '${name}'`, `${bytes.length - start}`);
  return {
    name,
    method,
    size,
    crc: view.getUint32(position + 16, true),
    data: bytes.subarray(start, start + stored),
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
