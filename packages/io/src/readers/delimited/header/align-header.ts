import { findHeader } from './header.js';

/** The first record as names of the columns of the others: R leaves out the name of the row names, others what follows the last delimiter. */
export function alignHeader(
  first: readonly string[],
  body: readonly (readonly string[])[],
): { readonly names: readonly string[]; readonly hasRowNames: boolean } {
  const width = body[0]?.length ?? first.length;
  const isEven = body.every((cells) => cells.length === width);
  if (!isEven || first.length === width) return { names: first, hasRowNames: false };
  if (first.length === width - 1) {
    const isTrailing = body.every((cells) => cells[width - 1]!.trim() === '');
    if (isTrailing) return { names: [...first, ''], hasRowNames: false };
    const names = ['', ...first];
    // Row names tell rows apart; groups of thousands between blanks do not.
    const areDistinct = new Set(body.map(([cell]) => cell)).size === body.length;
    if (!areDistinct) return { names: first, hasRowNames: false };
    return findHeader(names, body).isHeader
      ? { names, hasRowNames: true }
      : { names: first, hasRowNames: false };
  }
  const isTrailing = first.length === width + 1 && first[width]!.trim() === '';
  return { names: isTrailing ? first.slice(0, width) : first, hasRowNames: false };
}
