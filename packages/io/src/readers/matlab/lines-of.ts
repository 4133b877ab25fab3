import type { TextArray } from '../../arrays/array-value.js';

/**
 * One line for each row of characters `[rows, ...]` that stand column after column; lines keep their trailing blanks.
 *
 * @param characters - as many as the shape has places
 */
export function linesOf(characters: ArrayLike<string>, shape: readonly number[]): TextArray {
  const count = characters.length;
  const rows = count === 0 ? 0 : (shape[0] ?? 0);
  const items = Array.from({ length: rows }, (_, i) => {
    const line: string[] = [];
    for (let p = i; p < count; p += rows) line.push(characters[p]!);
    return line.join('');
  });
  return { kind: 'text', shape: [rows], items };
}
