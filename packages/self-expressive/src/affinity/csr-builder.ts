import { csrMatrix, type CsrMatrix } from '@crossmodal/core';

/** Collects compressed sparse rows, row after row; columns must ascend inside each. */
export class CsrBuilder {
  readonly #rows: number;
  readonly #columns: number;
  readonly #offsets: Int32Array;
  #indices: Int32Array;
  #values: Float32Array;
  #row = 0;
  #end = 0;

  constructor(rows: number, columns: number) {
    this.#rows = rows;
    this.#columns = columns;
    this.#offsets = new Int32Array(rows + 1);
    this.#indices = new Int32Array(Math.max(16, 8 * rows));
    this.#values = new Float32Array(this.#indices.length);
  }

  /** Adds an entry to the current row. */
  push(column: number, value: number): void {
    if (this.#end === this.#indices.length) {
      const indices = new Int32Array(2 * this.#end);
      const values = new Float32Array(2 * this.#end);
      indices.set(this.#indices);
      values.set(this.#values);
      this.#indices = indices;
      this.#values = values;
    }
    this.#indices[this.#end] = column;
    this.#values[this.#end++] = value;
  }

  /** Closes the current row. */
  endRow(): void {
    this.#offsets[++this.#row] = this.#end;
  }

  /** The finished matrix; its arrays are copies of the right length. */
  build(): CsrMatrix<Float32Array> {
    const end = this.#end;
    return csrMatrix(
      this.#rows,
      this.#columns,
      this.#offsets,
      this.#indices.slice(0, end),
      this.#values.slice(0, end),
    );
  }
}
