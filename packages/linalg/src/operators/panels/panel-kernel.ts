import { before, I32, moduleBytes, op, step, V128, wasm } from '../wasm-assembler.js';

/** Vectors that lie side by side in a panel: what one row of it holds fills a cache line. */
export const PANEL = 8;

/** Bytes of one row of a panel. */
export const ROW = 8 * PANEL;

/** Pairs of numbers, one register each, in one row of a panel. */
const PAIRS = PANEL / 2;
const EACH = Array.from({ length: PAIRS }, (_, k) => k);

/** Locals of the kernel: the parameters first. */
const ROW_END = 0;
const LAST = 1;
const COLUMN = 2;
const VALUE = 3;
const SOURCE = 4;
const OWN = 5;
const TARGET = 6;
const FACTORS = 7;
const STOP = 8;
const OTHER = 9;
const ENTRY = 10;
const ALPHA = 11;
const BETA = 12;
const GAMMA = 13;
const sum = (k: number): number => 14 + k;

/** sum_k += a_ij x_j, for the pair k of the panel. */
const addEntry = (k: number): number[] => [
  ...[...op.get(sum(k)), ...op.get(ENTRY), ...op.get(OTHER), ...op.load(16 * k)],
  ...[...op.multiplyLanes, ...op.addLanes, ...op.set(sum(k))],
];

/** y_i = α sum + β x_i + γ y_i, for the pair k of the panel. */
const finishRow = (k: number): number[] => [
  ...[...op.get(TARGET), ...op.get(ALPHA), ...op.get(sum(k)), ...op.multiplyLanes],
  ...[...op.get(BETA), ...op.get(OWN), ...op.load(16 * k), ...op.multiplyLanes, ...op.addLanes],
  ...[...op.get(GAMMA), ...op.get(TARGET), ...op.load(16 * k), ...op.multiplyLanes, ...op.addLanes],
  ...op.store(16 * k),
];

/**
 * Machine code for the rows of `y = α M x + β x + γ y`, M sparse, x and y panels:
 * `run(first row end, last row end, column, value, x, own row of x, own row of y, factors)`, all byte addresses. A row end is the address behind
 * the row's last column, a column the distance of its row of x from the first.
 */
const code = (shared: boolean): Uint8Array =>
  moduleBytes(
    8,
    [
      { count: 2, type: I32 },
      { count: 4 + PAIRS, type: V128 },
    ],
    [
      [...op.get(FACTORS), ...op.loadSplat(0), ...op.set(ALPHA)],
      [...op.get(FACTORS), ...op.loadSplat(8), ...op.set(BETA)],
      [...op.get(FACTORS), ...op.loadSplat(16), ...op.set(GAMMA)],
      op.repeatWhile(
        ...EACH.map((k) => [...op.zero, ...op.set(sum(k))]),
        [...op.get(ROW_END), ...op.loadInteger(0), ...op.set(STOP)],
        before(COLUMN, STOP),
        op.when(
          op.repeatWhile(
            [...op.get(SOURCE), ...op.get(COLUMN), ...op.loadInteger(0), ...op.add, ...op.set(OTHER)],
            [...op.get(VALUE), ...op.loadSplat(0), ...op.set(ENTRY)],
            ...EACH.map(addEntry),
            step(COLUMN, 4),
            step(VALUE, 8),
            before(COLUMN, STOP),
          ),
        ),
        ...EACH.map(finishRow),
        step(ROW_END, 4),
        step(OWN, ROW),
        step(TARGET, ROW),
        before(ROW_END, LAST),
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
export function panelModule(shared: boolean): object {
  return (compiled[shared ? 'shared' : 'plain'] ??= new wasm!.Module(code(shared)));
}
