import { formatError } from '../format-error.js';

/** Decodes `count` strings of `type.size` bytes, padded with zeros: UTF-32 when wide, bytes otherwise. */
export function fixedWidthText(
  data: Uint8Array,
  count: number,
  type: { readonly wide: boolean; readonly size: number; readonly littleEndian: boolean },
  where: string,
): string[] {
  const { wide, size, littleEndian } = type;
  if (size === 0) throw formatError(where, 'text of one character at least', 'width 0');
  const decoder = new TextDecoder('latin1');
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const items: string[] = [];
  for (let i = 0; i < count; i++) {
    const start = i * size;
    const text = wide
      ? wideText(view, start, size, littleEndian, where)
      : decoder.decode(data.subarray(start, start + size));
    items.push(text.replace(/\0+$/, ''));
  }
  return items;
}

function wideText(view: DataView, start: number, size: number, littleEndian: boolean, where: string): string {
  let text = '';
  for (let p = start; p < start + size; p += 4) {
    const code = view.getUint32(p, littleEndian);
    if (code > 0x10ffff) throw formatError(where, 'character codes', `${code}`);
    text += String.fromCodePoint(code);
  }
  return text;
}
