import { coreCount } from '#threads';
import { checkInteger, CrossmodalError, type DenseMatrix } from '@crossmodal/core';
import { machineFor, type Machine } from '../../operators/machine.js';
import { ARGUMENTS, startCrew } from '../../operators/panels/crew.js';
import { plainProducts } from './plain-products.js';
import { LANES, productsModule, STRIDE } from './products-kernel.js';

/** Rows with which others are multiplied, a few of them at a time. */
export interface SelectedProducts {
  /**
   * Products of each row with those that it lists, in the order of the lists: single precision, the same bits on every host.
   *
   * @param x - shape `[b, d]`
   * @param offsets - where the list of each row begins, and the last one ends, `[b + 1]`
   * @param lists - rows of y
   * @returns valid until the next call, of the length of the lists
   */
  of(x: DenseMatrix<Float32Array>, offsets: ArrayLike<number>, lists: Int32Array): Float32Array;
  /** Ends the threads, if there are any. */
  release(): void;
}

/** Options of {@link selectedProducts}. */
export interface SelectedProductsOptions {
  /** Rows of x at most in one call. */
  readonly rows: number;
  /** Entries of the lists at most in one call. */
  readonly entries: number;
  /** Threads that share the products. @defaultValue all cores, 16 at most */
  readonly threads?: number;
}

/** More threads than this wait for memory. */
const MOST_THREADS = 16;
/** Chunks of a call: enough for threads that are late. */
const CHUNKS = 64;

/**
 * Inner products of rows with few of the rows of `y` each, in machine code and threads where the host has 128-bit WebAssembly and shared memory.
 *
 * @param y - shape `[n, d]`
 * @throws CrossmodalError `option` when rows, entries or threads are no integers in their range; of its products `shape` when rows or lists do not fit, `value` when a list leads
 * beyond y.
 * @example
 * ```ts
 * const y = denseMatrix(Float32Array.of(1, 2, 3, 4), 2, 2);
 * const products = selectedProducts(y, { rows: 1, entries: 2 });
 * console.log(products.of(denseMatrix(Float32Array.of(1, 1), 1, 2), [0, 2], Int32Array.of(0, 1))); // 3, 7
 * products.release();
 * ```
 */
export function selectedProducts(
  y: DenseMatrix<Float32Array>,
  { rows, entries, threads = Math.min(MOST_THREADS, coreCount()) }: SelectedProductsOptions,
): SelectedProducts {
  const where = 'selectedProducts';
  for (const [name, value] of Object.entries({ rows, entries, threads }))
    checkInteger(where, name, value, { minimum: name === 'entries' ? 0 : 1 });
  const check = (x: DenseMatrix, offsets: ArrayLike<number>, lists: Int32Array): void =>
    checkLists(where, { x, y, rows, entries }, offsets, lists);
  const stride = STRIDE * Math.max(1, Math.ceil(y.columns / STRIDE));
  const at = layout(y.rows, { stride, rows, entries });
  const machine = machineFor(productsModule, at.bytes, threads);
  if (machine === undefined)
    return {
      of(x, offsets, lists) {
        check(x, offsets, lists);
        return plainProducts(x, y, offsets, lists);
      },
      release() {},
    };
  const { buffer } = machine.memory;
  copyRows(y, new Float32Array(buffer, at.y, y.rows * stride), stride);
  const own = new Float32Array(buffer, at.x, rows * stride);
  const ends = new Uint32Array(buffer, at.ends, rows);
  const places = new Uint32Array(buffer, at.lists, entries);
  const sums = new Float32Array(buffer, at.out, LANES * entries);
  const table = new Uint32Array(buffer, at.table, 2 * CHUNKS * ARGUMENTS);
  const values = new Float32Array(entries);
  const { round, release } = runner(machine, at, threads);
  return {
    of(x, offsets, lists) {
      check(x, offsets, lists);
      const first = offsets[0]!;
      const count = offsets[x.rows]! - first;
      copyRows(x, own, stride);
      for (let i = 0; i < x.rows; i++) ends[i] = at.lists + 4 * (offsets[i + 1]! - first);
      for (let p = 0; p < count; p++) places[p] = 4 * stride * lists[first + p]!;
      for (let chunk = 0; chunk < CHUNKS; chunk++) {
        const from = Math.floor((chunk * x.rows) / CHUNKS);
        const to = Math.floor(((chunk + 1) * x.rows) / CHUNKS);
        const entry = offsets[from]! - first;
        table.set(
          [
            ...[at.ends + 4 * from, at.ends + 4 * to, at.lists + 4 * entry, at.out + 4 * LANES * entry],
            ...[at.x + 4 * stride * from, at.y, 4 * stride, 0],
          ],
          chunk * ARGUMENTS,
        );
      }
      round(table);
      for (let p = 0, q = 0; p < count; p++, q += LANES)
        values[p] = sums[q]! + sums[q + 1]! + (sums[q + 2]! + sums[q + 3]!);
      return values.subarray(0, count);
    },
    release,
  };
}

interface Sides extends SelectedProductsOptions {
  readonly x: DenseMatrix;
  readonly y: DenseMatrix;
}

/** Lists that lead beyond the rows would be read as addresses. */
function checkLists(
  where: string,
  { x, y, rows, entries }: Sides,
  offsets: ArrayLike<number>,
  lists: Int32Array,
): void {
  const [first = 0, last = 0] = [offsets[0], offsets[x.rows]];
  const fits =
    x.columns === y.columns &&
    x.rows <= rows &&
    offsets.length > x.rows &&
    last - first <= entries &&
    last <= lists.length;
  if (!fits) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `at most ${rows} rows of ${y.columns} columns, and lists of at most ${entries} entries`,
      received: `[${x.rows}, ${x.columns}], ${offsets.length} offsets, ${last - first} entries of ${lists.length}`,
    });
  }
  for (let p = first; p < last; p++) {
    if (lists[p]! >= 0 && lists[p]! < y.rows) continue;
    throw new CrossmodalError({
      code: 'value',
      where,
      expected: `rows in 0..${y.rows - 1}`,
      received: `${lists[p]!} at place ${p}`,
    });
  }
}

interface Layout {
  readonly words: number;
  readonly table: number;
  readonly y: number;
  readonly x: number;
  readonly out: number;
  readonly lists: number;
  readonly ends: number;
  readonly bytes: number;
}

/** Where everything lies, in bytes. */
function layout(
  n: number,
  { stride, rows, entries }: { stride: number; rows: number; entries: number },
): Layout {
  const table = 64;
  // Rows begin at whole cache lines.
  const y = 64 * Math.ceil((table + 2 * CHUNKS * ARGUMENTS * 4) / 64);
  const x = y + 4 * stride * n;
  const out = x + 4 * stride * rows;
  const lists = out + 4 * LANES * entries;
  const ends = lists + 4 * entries;
  return { words: 0, table, y, x, out, lists, ends, bytes: ends + 4 * rows };
}

function runner(
  machine: Machine,
  at: Layout,
  threads: number,
): { round(table: Uint32Array): void; release(): void } {
  if (!machine.shared) {
    const round = (table: Uint32Array): void => {
      for (let chunk = 0; chunk < CHUNKS; chunk++)
        machine.run(...table.subarray(chunk * ARGUMENTS, (chunk + 1) * ARGUMENTS));
    };
    return { round, release() {} };
  }
  const crew = startCrew({ ...machine, words: at.words, table: at.table, chunks: CHUNKS, threads });
  return { round: () => crew.round(0), release: crew.release };
}

/** Rows one after the other, each padded to a length. */
function copyRows(
  { rows, columns, values }: DenseMatrix<Float32Array>,
  target: Float32Array,
  stride: number,
): void {
  if (stride === columns) target.set(values.subarray(0, rows * columns));
  else for (let i = 0; i < rows; i++) target.set(values.subarray(i * columns, (i + 1) * columns), i * stride);
}
