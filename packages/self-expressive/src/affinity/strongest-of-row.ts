/**
 * Picks the entries of largest size, one row after another, into reused buffers.
 * Equal sizes go to the smaller column; exact zeros are never picked.
 */
export class StrongestOfRow {
  /** Columns picked from the last row, in the order of `sizes`, the first `count` of them. */
  readonly columns: Int32Array;
  /** Sizes `|value|` picked, largest first. */
  readonly sizes: Float64Array;
  count = 0;
  /** Entries up to this size are not picked any more. */
  floor = 0;

  constructor(readonly limit: number) {
    this.columns = new Int32Array(limit);
    this.sizes = new Float64Array(limit);
  }

  /** Starts a new row. */
  clear(): void {
    this.count = 0;
    this.floor = 0;
  }

  /** Offers an entry; columns must come in ascending order for ties to go to the smaller one. */
  offer(column: number, value: number): void {
    const size = Math.abs(value);
    // Negated, so that NaN is passed over like zero.
    if (!(size > this.floor)) return;
    let place = this.count < this.limit ? this.count++ : this.limit - 1;
    while (place > 0 && this.sizes[place - 1]! < size) {
      this.sizes[place] = this.sizes[place - 1]!;
      this.columns[place] = this.columns[place - 1]!;
      place--;
    }
    this.sizes[place] = size;
    this.columns[place] = column;
    if (this.count === this.limit) this.floor = this.sizes[this.limit - 1]!;
  }
}
