/**
 * Whether numbers in the first line look like names of columns, seen beside the numbers below them: `likely` is read as names and `maybe` as
 * data, and both are guesses.
 */
export type NameLike = 'yes' | 'likely' | 'maybe' | 'no';

/**
 * Numbers as names: 0, 1, 2, ... as pandas writes them, years, wavelengths in equal steps. They are told from data by what data would
 * hardly do: count the columns while few other rows do, be whole in every column that is whole nowhere else.
 *
 * @param first - the numbers of the first line, as they stand
 * @param body - the same columns of the following lines, row by row; undefined where a cell is missing
 */
export function nameLikeNumbers(
  first: readonly string[],
  body: readonly (readonly (string | undefined)[])[],
): NameLike {
  const names = first.map(Number);
  const k = names.length;
  const isWhole = first.every(isWholeText);
  const step = k > 1 ? names[1]! - names[0]! : 1;
  if (!isProgression(names, step)) {
    const isOdd = isWhole && areDistinct(first) && isWholeNowhere(body);
    return isOdd || ascendsAlone(names, body) ? 'maybe' : 'no';
  }
  const isYears = isWhole && names[0]! >= 1000 && names[k - 1]! <= 2999;
  // Data that go on like the first line: years in rows of years, a grid.
  const alike = body.filter((row) => continuesAs(row, step, isWhole) && (!isYears || Number(row[0]) >= 1000));
  if (alike.length * 2 > body.length) return 'no';
  const isFractional = isWholeNowhere(body);
  if (isWhole && step === 1 && (names[0] === 0 || names[0] === 1)) {
    if (k >= 8) return 'yes';
    if (k >= 4) return everyColumnLeaves(body, k, 0, k) ? 'yes' : 'maybe';
    return k >= 2 && isFractional ? 'yes' : k >= 2 || isFractional ? 'maybe' : 'no';
  }
  if (isYears) {
    if (k === 1) return isFractional ? 'maybe' : 'no';
    return everyColumnLeaves(body, k, 1000, 2999) ? 'yes' : k >= 3 ? 'maybe' : 'no';
  }
  // Names in equal steps above numbers of the same kind could be a row of data by chance.
  if (k >= 5 && body.length >= 2) return isWhole && !isFractional ? 'likely' : 'yes';
  return (isWhole && isFractional) || names.every((x) => Number.isInteger(x) && x >= 1000 && x <= 2999)
    ? 'maybe'
    : 'no';
}

/** Whether five numbers or more ascend, or descend, throughout, and hardly any other row does: wavelengths of a spectrometer, say. */
function ascendsAlone(names: readonly number[], body: readonly (readonly (string | undefined)[])[]): boolean {
  const isSorted = (values: readonly number[]) =>
    [1, -1].some((sign) => values.every((x, j) => j === 0 || sign * (x - values[j - 1]!) > 0));
  if (names.length < 5 || body.length < 5 || !isSorted(names)) return false;
  return body.filter((row) => isSorted(row.map(Number))).length * 10 <= body.length;
}

function isWholeText(cell: string): boolean {
  return cell.length < 16 && /^(?:0|[1-9]\d*)$/.test(cell);
}

function areDistinct(cells: readonly string[]): boolean {
  return new Set(cells).size === cells.length;
}

/** Whether numbers ascend by the same step; rounding of decimals such as 400.1, 400.2 is allowed for. */
function isProgression(values: readonly number[], step: number): boolean {
  if (!(step > 0)) return false;
  const largest = Math.max(Math.abs(values[0]!), Math.abs(values[values.length - 1]!));
  const tolerance = 1e-9 * largest;
  return values.every((x, j) => Math.abs(x - (values[0]! + j * step)) <= tolerance + 1e-9 * step * j);
}

/** Whether a row of data ascends like the names, which then are data too. */
function continuesAs(row: readonly (string | undefined)[], step: number, isWhole: boolean): boolean {
  if (row.length < 2 || row.some((cell) => cell === undefined || (isWhole && !isWholeText(cell))))
    return false;
  return isProgression(row.map(Number), step);
}

/** Several rows, and none of their numbers is written as a whole one. */
function isWholeNowhere(body: readonly (readonly (string | undefined)[])[]): boolean {
  return (
    body.length > 1 && body.every((row) => row.every((cell) => cell === undefined || !isWholeText(cell)))
  );
}

/** Whether every column has a number that is no whole one of the range. */
function everyColumnLeaves(
  body: readonly (readonly (string | undefined)[])[],
  columns: number,
  least: number,
  most: number,
): boolean {
  return Array.from({ length: columns }, (_, j) => j).every((j) =>
    body.some((row) => {
      const cell = row[j];
      return cell !== undefined && !(isWholeText(cell) && Number(cell) >= least && Number(cell) <= most);
    }),
  );
}
