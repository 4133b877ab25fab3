/** How a text table is written. */
export interface Dialect {
  /** Character between cells, or `blanks`: runs of spaces and tabs. */
  readonly delimiter: string;
  /** Sign before the decimals of most columns. */
  readonly decimal: '.' | ',';
  /** Signs between groups of three digits, of the columns that have them; each column names its own in its format. */
  readonly thousands: readonly string[];
  /** Whether the first line, or a comment line before it, names the columns. */
  readonly header: boolean;
  /** Whether nothing in the file shows reliably whether it has a header: a reader should say so, and offer `header=yes|no`. */
  readonly headerIsGuess: boolean;
  /** How the bytes were decoded. */
  readonly encoding: 'UTF-8' | 'UTF-16' | 'windows-1252';
  /** Lines left out since they begin with this comment sign. */
  readonly comments?: { readonly sign: string; readonly lines: number };
  /** The dialect in words, such as "separated by ';', decimal comma, header". */
  readonly words: string;
}

/** How the numbers of a column are written. */
export interface NumberFormat {
  readonly decimal: '.' | ',';
  /** Sign between groups of three digits: `''` for none, `' '` for any blank. */
  readonly thousands: '' | ',' | '.' | "'" | ' ';
}

interface ColumnBase {
  /** The name in the header, trimmed and on one line; `column1`, `column2`, ... where there is none. */
  readonly name: string;
  /** Place in the file, from 0. */
  readonly position: number;
  /** `index`: it tells rows apart and is no feature. */
  readonly role: 'data' | 'index';
  /** Why the column is an index, in words: "it numbers the rows". */
  readonly reason?: string;
  /** Cells that are empty or hold a mark of a missing value, such as `NA`. */
  readonly missing: number;
  /** What a user should know about the column, in words: "numbers with the unit 'mm'". */
  readonly note?: string;
}

/** A column of numbers: column `slot` of {@link Table.numbers}. */
export interface NumberColumn extends ColumnBase {
  readonly kind: 'number';
  readonly slot: number;
  readonly format: NumberFormat;
  /** Whether the cells are true and false, read as 1 and 0. */
  readonly isBoolean: boolean;
}

/** A column of text: fewer than half of its cells are numbers, or it was asked for as text. */
export interface TextColumn extends ColumnBase {
  readonly kind: 'text';
  /** The cells, unquoted and trimmed, one per row. */
  readonly items: readonly string[];
  /** Cells that are plain numbers. */
  readonly numeric: number;
  /** The unit, when every cell is a number and this: `mm`, `%`, `$`. */
  readonly unit?: string;
}

/** A column without a value: every cell is empty or a mark of a missing one. */
export interface EmptyColumn extends ColumnBase {
  readonly kind: 'empty';
  /** Whether every cell is empty, as after a delimiter at the end of each line. */
  readonly isBlank: boolean;
  /** Line of the first cell, from 1. */
  readonly line: number;
  /** The first cell as it stands. */
  readonly cell: string;
}

/** A column of numbers with cells that are none; reading it by {@link tableNumbers} is refused, other columns can be read. */
export interface RefusedColumn extends ColumnBase {
  readonly kind: 'refused';
  /** Line of the first such cell, from 1. */
  readonly line: number;
  /** The cell as it stands, `''` when it is empty. */
  readonly cell: string;
  /** Whether it is a missing value; reading with `missing: 'nan'` accepts those. */
  readonly isMissing: boolean;
  /** Cells that are numbers. */
  readonly numeric: number;
}

/** A column of a {@link Table}. */
export type TableColumn = NumberColumn | TextColumn | EmptyColumn | RefusedColumn;

/** A text table, column by column, with all that was understood about it. */
export interface Table {
  readonly rows: number;
  /** Whether the columns have names of their own. */
  readonly named: boolean;
  readonly dialect: Dialect;
  readonly columns: readonly TableColumn[];
  /** All number columns side by side, `[rows, slots]`, row-major; NaN where a value is missing. Read it with {@link tableNumbers}. */
  readonly numbers: Float64Array;
  readonly slots: number;
  /** What a user should know about the whole table, in sentences. */
  readonly notes: readonly string[];
  /** Name of the source in messages. */
  readonly where: string;
}

/** Options of {@link readTable}. */
export interface TableOptions {
  /** Whether the first line names the columns. @defaultValue 'auto': what types and values of the first lines show */
  readonly header?: boolean | 'auto';
  /** Character between cells; `blanks`, or a space, for runs of spaces and tabs. @defaultValue 'auto': what splits the first lines best */
  readonly delimiter?: string;
  /** Sign before decimals. @defaultValue 'auto': what all cells of a column agree on */
  readonly decimal?: '.' | ',' | 'auto';
  /**
   * Names of columns that hold text whatever they look like, so that `01` and `1` differ; or `all`. A name that stands in the first line
   * shows that this line is a header. @defaultValue []
   */
  readonly text?: readonly string[] | 'all';
  /** What missing values in a column of numbers do: `refuse` the column when it is used, or stand as `nan`. @defaultValue 'refuse' */
  readonly missing?: 'refuse' | 'nan';
  /** Name of the source in messages. @defaultValue 'readTable' */
  readonly where?: string;
}
