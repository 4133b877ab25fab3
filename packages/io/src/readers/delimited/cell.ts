/** What a cell may hold in place of a value, in lower case. */
const MISSING = new Set([
  ...['', 'na', 'n/a', '#n/a', '#na', '<na>', 'nan', '-nan', '+nan', 'null', 'none', '?', '-', '--', '.'],
  // As C and Fortran print what is no number.
  ...['nan(ind)', '-nan(ind)', '1.#qnan', '-1.#ind'],
]);
const LONGEST = Math.max(...Array.from(MISSING, (mark) => mark.length));

/** Whether a trimmed cell is empty or holds a usual mark of a missing value. */
export function isMissing(cell: string): boolean {
  return cell.length <= LONGEST && MISSING.has(cell.toLowerCase());
}

/** A trimmed cell as true (1) or false (0), NaN when it is neither. */
export function parseBoolean(cell: string): number {
  if (cell.length === 4) return cell.toLowerCase() === 'true' ? 1 : Number.NaN;
  return cell.length === 5 && cell.toLowerCase() === 'false' ? 0 : Number.NaN;
}

/** A cell as messages show it: quoted, control characters replaced, cut when long. */
export function showCell(cell: string): string {
  if (cell === '') return 'an empty cell';
  const shown = oneLine(cell.slice(0, 40));
  return `'${shown}${cell.length > 40 ? '...' : ''}'`;
}

/** Text without control characters, with single blanks: it cannot steer a terminal. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '')
    .trim();
}
