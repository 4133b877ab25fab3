/**
 * Whether the bytes start like a MATLAB file of version 4, which has no header: five 32-bit integers, then the name of the first matrix.
 *
 * The first is `MOPT` in decimal digits: byte order, 0, number format, kind of matrix. Files of version 5 start with text, of which no four
 * letters are such a number.
 */
export function isMat4(bytes: Uint8Array): boolean {
  if (bytes.length < 20) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return [true, false].some((littleEndian) => {
    const [type, rows, columns, imaginary, nameLength] = [0, 4, 8, 12, 16].map((position) =>
      view.getInt32(position, littleEndian),
    );
    // Little-endian numbers have M = 0, big-endian ones M = 1.
    const format = type! - (littleEndian ? 0 : 1000);
    const isType = format >= 0 && format <= 52 && format % 10 <= 2;
    const isComplex = imaginary === 0 || imaginary === 1;
    if (!isType || !isComplex || rows! < 0 || columns! < 0 || nameLength! < 1) return false;
    // The name is closed by a zero byte, which its length counts.
    return nameLength! <= bytes.length - 20 && bytes[19 + nameLength!] === 0;
  });
}
