import { CrossmodalError } from '@crossmodal/core';

/** Collects the records of a table column by column type: all numbers, or all text. */
export class Table {
  readonly names: readonly string[];
  rows = 0;
  readonly #where: string;
  readonly #isText: readonly boolean[];
  readonly #forced: readonly boolean[];
  readonly #texts: string[][];
  readonly #numeric: number;
  #values = new Float64Array(1024);

  /**
   * @param names - one a column
   * @param first - the first record, which decides the type of each column
   * @param forced - names of columns that hold text whatever they look like
   */
  constructor(names: readonly string[], first: readonly string[], forced: readonly string[], where: string) {
    this.names = names;
    this.#where = where;
    this.#forced = names.map((name) => forced.includes(name));
    this.#isText = first.map((cell, j) => this.#forced[j]! || isText(cell));
    this.#texts = names.map(() => []);
    this.#numeric = this.#isText.filter((text) => !text).length;
  }

  /** Adds one record that stands on the given line, from 1. */
  add(record: readonly string[], line: number): void {
    if (record.length !== this.names.length) {
      throw this.#refuse(
        `${this.names.length} cells on line ${line}`,
        `${record.length}`,
        'Check its delimiters and quotes.',
      );
    }
    let target = this.rows * this.#numeric;
    if (target + this.#numeric > this.#values.length) this.#grow(target + this.#numeric);
    for (let j = 0; j < record.length; j++) {
      const cell = record[j]!;
      if (this.#isText[j]) {
        if (!this.#forced[j] && isNumber(cell)) throw this.#mixed('text', cell, line, j);
        this.#texts[j]!.push(cell);
      } else {
        if (!isNumber(cell)) throw this.#mixed('a number', cell, line, j);
        this.#values[target++] = Number(cell);
      }
    }
    this.rows++;
  }

  /** Values of the numeric columns side by side, row-major, and their number. */
  numbers(): { readonly values: Float64Array; readonly columns: number } {
    return { values: this.#values.slice(0, this.rows * this.#numeric), columns: this.#numeric };
  }

  /** Cells of column j, when it is one of text. */
  text(j: number): readonly string[] | undefined {
    return this.#isText[j] ? this.#texts[j]! : undefined;
  }

  #grow(needed: number): void {
    const larger = new Float64Array(Math.max(needed, this.#values.length * 2));
    larger.set(this.#values);
    this.#values = larger;
  }

  #mixed(expected: string, cell: string, line: number, j: number): CrossmodalError {
    const shown = cell.trim() === '' ? 'an empty cell' : `'${cell.slice(0, 40)}'`;
    return this.#refuse(
      `${expected} on line ${line}, column ${j + 1} ('${this.names[j]!}')`,
      shown,
      'A column holds numbers only or text only; fill in missing cells, or leave the column out of the file. In a program, the option text of readDelimited names text columns that look like numbers.',
    );
  }

  #refuse(expected: string, received: string, advice: string): CrossmodalError {
    return new CrossmodalError({ code: 'format', where: this.#where, expected, received, advice });
  }
}

/** Whether a cell is a finite number. */
export function isNumber(cell: string): boolean {
  return cell.trim() !== '' && Number.isFinite(Number(cell));
}

/** Whether a cell is text: neither a number nor one of the usual marks of a missing number. */
export function isText(cell: string): boolean {
  return !isNumber(cell) && !/^\s*([+-]?(nan|inf|infinity)|na|n\/a|null|none|\?)?\s*$/i.test(cell);
}
