import { csrMatrix, type CsrMatrix } from '@crossmodal/core';

/**
 * The `k` strongest entries of each of `n` rows, offered in any order of rows: one binary heap per row, its weakest entry on top, in two flat
 * arrays. Of equal sizes the smaller column is kept; exact zeros and NaN never are.
 */
export class StrongestLists {
  /** Size that an entry of row `i` has to exceed, length `n`: 0 until the row is full. */
  readonly floors: Float32Array;
  readonly #columns: Int32Array;
  readonly #values: Float32Array;
  readonly #counts: Int32Array;

  /**
   * @param n - rows
   * @param limit - entries kept in each row, 1 or more
   */
  constructor(
    readonly n: number,
    readonly limit: number,
  ) {
    this.floors = new Float32Array(n);
    this.#columns = new Int32Array(n * limit);
    this.#values = new Float32Array(n * limit);
    this.#counts = new Int32Array(n);
  }

  /** Offers an entry whose size is above the floor of its row; columns of one row come in ascending order. */
  offer(row: number, column: number, value: number): void {
    const { limit } = this;
    const start = row * limit;
    const count = this.#counts[row]!;
    if (count < limit) {
      this.#counts[row] = count + 1;
      this.#rise(start, count, column, value);
      if (count + 1 === limit) this.floors[row] = Math.abs(this.#values[start]!);
      return;
    }
    this.#sink(start, limit, column, value);
    this.floors[row] = Math.abs(this.#values[start]!);
  }

  /**
   * The lists as compressed sparse rows, columns ascending.
   *
   * @param columns - columns of the matrix
   * @param scaleOf - factor on the entries of a row
   */
  build(columns: number, scaleOf: (row: number) => number): CsrMatrix<Float32Array> {
    const { n, limit } = this;
    const offsets = new Int32Array(n + 1);
    for (let i = 0; i < n; i++) offsets[i + 1] = offsets[i]! + this.#counts[i]!;
    const indices = new Int32Array(offsets[n]!);
    const values = new Float32Array(offsets[n]!);
    for (let i = 0; i < n; i++) {
      const start = i * limit;
      const scale = scaleOf(i);
      const order = Int32Array.from({ length: this.#counts[i]! }, (_, p) => start + p);
      order.sort((p, q) => this.#columns[p]! - this.#columns[q]!);
      order.forEach((from, p) => {
        indices[offsets[i]! + p] = this.#columns[from]!;
        values[offsets[i]! + p] = this.#values[from]! * scale;
      });
    }
    return csrMatrix(n, columns, offsets, indices, values);
  }

  /** Whether the first entry is to leave before the second: the weaker one, and of equal ones the later column. */
  #weaker(column: number, size: number, thanColumn: number, thanSize: number): boolean {
    return size < thanSize || (size === thanSize && column > thanColumn);
  }

  #rise(start: number, from: number, column: number, value: number): void {
    const columns = this.#columns;
    const values = this.#values;
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const p = start + parent;
      if (!this.#weaker(column, Math.abs(value), columns[p]!, Math.abs(values[p]!))) break;
      columns[start + place] = columns[p]!;
      values[start + place] = values[p]!;
      place = parent;
    }
    columns[start + place] = column;
    values[start + place] = value;
  }

  /** Puts an entry in place of the weakest one. */
  #sink(start: number, count: number, column: number, value: number): void {
    const columns = this.#columns;
    const values = this.#values;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= count) break;
      const c = start + child;
      if (
        child + 1 < count &&
        this.#weaker(columns[c + 1]!, Math.abs(values[c + 1]!), columns[c]!, Math.abs(values[c]!))
      )
        child++;
      const weakest = start + child;
      if (!this.#weaker(columns[weakest]!, Math.abs(values[weakest]!), column, Math.abs(value))) break;
      columns[start + place] = columns[weakest]!;
      values[start + place] = values[weakest]!;
      place = child;
    }
    columns[start + place] = column;
    values[start + place] = value;
  }
}
