import { machineFor } from './machine.js';
import { before, I32, moduleBytes, op, step, V128, wasm } from './wasm-assembler.js';

/** Locals of the kernel: the parameters first. */
const A = 0;
const X = 1;
const END = 2;
const DELTA = 3;
const ROW = 4;
const COLUMN = 5;
const STOP = 6;
const XJ = 7;
const YJ = 8;
const ELEMENT = 9;
const x = (r: number): number => 10 + r;
const sum = (r: number): number => 14 + r;
const EACH = [0, 1, 2, 3];

/** Bytes of one pair of numbers, and of the four numbers of a strip's column. */
const PAIR = 16;
const QUAD = 32;

/** sum_r += a_rj x_j, leaving a_rj in `ELEMENT`. */
const addToRow = (r: number): number[] => [
  ...[...op.get(A), ...op.loadSplat(8 * r), ...op.tee(ELEMENT), ...op.get(XJ), ...op.multiplyLanes],
  ...[...op.get(sum(r)), ...op.addLanes, ...op.set(sum(r))],
];

/** y_j += a_rj x_r, the mirror image. */
const addToColumn = (r: number): number[] => [
  ...[...op.get(ELEMENT), ...op.get(x(r)), ...op.multiplyLanes],
  ...[...op.get(YJ), ...op.addLanes, ...op.set(YJ)],
];

const nextColumn = [...step(A, QUAD), ...step(COLUMN, PAIR)];
const loadX = [...op.get(COLUMN), ...op.load(0), ...op.set(XJ)];
const toY = [...op.get(DELTA), ...op.add];

/**
 * Machine code for `multiplyStrips` on two vectors at once, interleaved as (x_j, z_j), one in each lane of a 128-bit register:
 * `run(a, x, end of x, y − x)`, byte addresses; y must be zero before.
 */
const kernel = (): Uint8Array =>
  moduleBytes(
    4,
    [
      { count: 3, type: I32 },
      { count: 11, type: V128 },
    ],
    [
      [...op.get(X), ...op.set(ROW)],
      op.repeatWhile(
        ...EACH.map((r) => [
          ...op.get(ROW),
          ...op.load(PAIR * r),
          ...op.set(x(r)),
          ...op.zero,
          ...op.set(sum(r)),
        ]),
        [...op.get(ROW), ...op.tee(COLUMN), ...op.constant(4 * PAIR), ...op.add, ...op.set(STOP)],
        op.repeatWhile(loadX, ...EACH.map(addToRow), nextColumn, before(COLUMN, STOP)),
        before(COLUMN, END),
        op.when(
          op.repeatWhile(
            loadX,
            [...op.get(COLUMN), ...toY, ...op.load(0), ...op.set(YJ)],
            ...EACH.flatMap((r) => [addToRow(r), addToColumn(r)]),
            [...op.get(COLUMN), ...toY, ...op.get(YJ), ...op.store(0)],
            nextColumn,
            before(COLUMN, END),
          ),
        ),
        [...op.get(ROW), ...toY, ...op.set(STOP)],
        ...EACH.map((r) => [
          ...[...op.get(STOP), ...op.get(STOP), ...op.load(PAIR * r)],
          ...[...op.get(sum(r)), ...op.addLanes, ...op.store(PAIR * r)],
        ]),
        step(ROW, 4 * PAIR),
        before(ROW, END),
      ),
    ],
  );

let compiled: object | undefined;

/** Packed strips, two interleaved vectors and their product, in the memory of the machine code. */
export interface StripKernel {
  /** The matrix, to be filled by the caller. */
  readonly strips: Float64Array;
  /** The two vectors, interleaved, padded with zeros. */
  readonly x: Float64Array;
  /** Their products, interleaved. */
  readonly y: Float64Array;
  /** Computes `y` from `strips` and `x`. */
  readonly run: () => void;
}

/**
 * The machine code with memory for strips of so many numbers and vectors of so many entries; undefined where the host lacks
 * 128-bit WebAssembly, forbids it, or has no room for the memory.
 */
export function stripKernel(stripNumbers: number, size: number): StripKernel | undefined {
  const xStart = 8 * stripNumbers;
  const yStart = xStart + PAIR * size;
  const machine = machineFor(() => (compiled ??= new wasm!.Module(kernel())), yStart + PAIR * size, 1);
  if (machine === undefined) return undefined;
  const { buffer } = machine.memory;
  const y = new Float64Array(buffer, yStart, 2 * size);
  return {
    strips: new Float64Array(buffer, 0, stripNumbers),
    x: new Float64Array(buffer, xStart, 2 * size),
    y,
    run: () => {
      y.fill(0);
      machine.run(0, xStart, yStart, yStart - xStart);
    },
  };
}
