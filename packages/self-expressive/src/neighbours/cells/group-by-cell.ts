/** Members of each cell, cell after cell. */
export interface CellMembers {
  /** Where each cell begins, length `cells + 1`. */
  readonly offsets: Int32Array;
  /** Numbers of the members, ascending in each cell. */
  readonly members: Int32Array;
}

/**
 * Sorts rows by the cells they are in.
 *
 * @param cells - row-major, `perRow` cells of each row
 * @param options - `first` is the number of the first row
 */
export function groupByCell(
  cells: Int32Array,
  count: number,
  { perRow = 1, first = 0 }: { readonly perRow?: number; readonly first?: number } = {},
): CellMembers {
  const offsets = new Int32Array(count + 1);
  for (const c of cells) offsets[c + 1]!++;
  for (let c = 0; c < count; c++) offsets[c + 1]! += offsets[c]!;
  const next = offsets.slice(0, count);
  const members = new Int32Array(cells.length);
  for (let p = 0; p < cells.length; p++) members[next[cells[p]!]!++] = first + Math.floor(p / perRow);
  return { offsets, members };
}
