import { before, I32, moduleBytes, op, step, V128, wasm } from '../../operators/wasm-assembler.js';

/** Sums that run side by side, four numbers each, so that additions need not wait for each other. */
const SUMS = 4;
const EACH = Array.from({ length: SUMS }, (_, k) => k);
/** Rows are padded to a multiple of so many numbers. */
export const STRIDE = 4 * SUMS;
/** Numbers that are left of each product: its value is their sum. */
export const LANES = 4;

/** Locals of the kernel: the parameters first. */
const ROW_END = 0;
const LAST = 1;
const ENTRY = 2;
const OUT = 3;
const OWN = 4;
const BASE = 5;
const BYTES = 6;
const STOP = 8;
const X = 9;
const Y = 10;
const END = 11;
const sum = (k: number): number => 12 + k;

const addProduct = (k: number): number[] => [
  ...[...op.get(sum(k)), ...op.get(X), ...op.load(16 * k), ...op.get(Y), ...op.load(16 * k)],
  ...[...op.multiplySingles, ...op.addSingles, ...op.set(sum(k))],
];

/**
 * Machine code for products of rows with rows that each of them lists:
 * `run(first row end, last row end, entry, out, own row, first row of y, bytes of a row, unused)`, all but the bytes being addresses. A row end is the address behind the
 * row's last entry, an entry the distance of a row of y from the first.
 */
const code = (shared: boolean): Uint8Array =>
  moduleBytes(
    8,
    [
      { count: 4, type: I32 },
      { count: SUMS, type: V128 },
    ],
    [
      before(ROW_END, LAST),
      op.when(
        op.repeatWhile(
          [...op.get(OWN), ...op.get(BYTES), ...op.add, ...op.set(END)],
          [...op.get(ROW_END), ...op.loadInteger(0), ...op.set(STOP)],
          before(ENTRY, STOP),
          op.when(
            op.repeatWhile(
              [...op.get(BASE), ...op.get(ENTRY), ...op.loadInteger(0), ...op.add, ...op.set(Y)],
              [...op.get(OWN), ...op.set(X)],
              ...EACH.map((k) => [...op.zero, ...op.set(sum(k))]),
              op.repeatWhile(
                ...EACH.map(addProduct),
                step(X, 4 * STRIDE),
                step(Y, 4 * STRIDE),
                before(X, END),
              ),
              [...op.get(OUT), ...op.get(sum(0)), ...op.get(sum(1)), ...op.addSingles],
              [...op.get(sum(2)), ...op.get(sum(3)), ...op.addSingles, ...op.addSingles, ...op.store(0)],
              step(OUT, 4 * LANES),
              step(ENTRY, 4),
              before(ENTRY, STOP),
            ),
          ),
          [...op.get(END), ...op.set(OWN)],
          step(ROW_END, 4),
          before(ROW_END, LAST),
        ),
      ),
    ],
    shared,
  );

const compiled: { plain?: object; shared?: object } = {};

/**
 * The compiled {@link code}, for memory that is shared between threads or is not.
 *
 * @throws what the host throws when it lacks 128-bit WebAssembly or forbids it
 */
export function productsModule(shared: boolean): object {
  return (compiled[shared ? 'shared' : 'plain'] ??= new wasm!.Module(code(shared)));
}
