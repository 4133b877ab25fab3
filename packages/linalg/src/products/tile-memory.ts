import { machineFor } from '../operators/machine.js';
import { before, I32, moduleBytes, op, step, V128, wasm } from '../operators/wasm-assembler.js';

/** Vectors that lie side by side in a panel, one entry of each in every row of it; rows and columns of a tile. */
export const PANEL = 4;

/** Numbers of a tile. */
export const TILE = PANEL * PANEL;

/** Bytes of one row of a panel or a tile. */
const ROW = 8 * PANEL;

/** Locals of the kernel: the parameters first. */
const X = 0;
const Y = 1;
const LAST = 2;
const TARGET = 3;
const LENGTH = 4;
const PLACE = 5;
const STOP = 6;
const VALUE = 7;
const pair = (h: number): number => 8 + h;
const sum = (j: number, h: number): number => 10 + 2 * j + h;

const EACH = [0, 1, 2, 3];
const HALVES = [0, 1];
const forEachSum = (code: (j: number, h: number) => number[]): number[] =>
  EACH.flatMap((j) => HALVES.flatMap((h) => code(j, h)));

/** sum_j += x_j y, for both pairs of y. */
const addRow = (j: number): number[] => [
  ...[...op.get(PLACE), ...op.loadSplat(8 * j), ...op.set(VALUE)],
  ...HALVES.flatMap((h) => [
    ...[...op.get(sum(j, h)), ...op.get(VALUE), ...op.get(pair(h)), ...op.multiplyLanes],
    ...[...op.addLanes, ...op.set(sum(j, h))],
  ]),
];

/**
 * Machine code for `T_b += X^T Y_b` over panels b: `run(X, first Y, end of Y, first tile, bytes of a panel)`, byte addresses. Each lane goes on
 * with the sum of one entry, row after row, as plain loops do, so that results are the same bit for bit.
 */
const code = (): Uint8Array =>
  moduleBytes(
    5,
    [
      { count: 2, type: I32 },
      { count: 11, type: V128 },
    ],
    [
      op.repeatWhile(
        forEachSum((j, h) => [...op.get(TARGET), ...op.load(ROW * j + 16 * h), ...op.set(sum(j, h))]),
        [...op.get(X), ...op.tee(PLACE), ...op.get(LENGTH), ...op.add, ...op.set(STOP)],
        op.repeatWhile(
          ...HALVES.map((h) => [...op.get(Y), ...op.load(16 * h), ...op.set(pair(h))]),
          ...EACH.map(addRow),
          step(PLACE, ROW),
          step(Y, ROW),
          before(PLACE, STOP),
        ),
        forEachSum((j, h) => [...op.get(TARGET), ...op.get(sum(j, h)), ...op.store(ROW * j + 16 * h)]),
        step(TARGET, 8 * TILE),
        before(Y, LAST),
      ),
    ],
  );

let compiled: object | undefined;

/** Where panels of vectors and tiles of their products lie, and what multiplies them. */
export interface TileMemory {
  /** Panels, each row by row, and tiles, wherever the caller puts them. */
  readonly numbers: Float64Array;
  /** Adds `X^T Y_b` to one tile after the other for the panels `Y_b` that follow each other. */
  readonly multiply: (places: TilePlaces) => void;
}

/** Places in {@link TileMemory.numbers}. */
export interface TilePlaces {
  /** Start of the panel X. */
  readonly x: number;
  /** Start of the first panel Y. */
  readonly y: number;
  /** End of the last panel Y. */
  readonly end: number;
  /** Start of the first tile. */
  readonly tile: number;
  /** Numbers of each panel, above 0. */
  readonly length: number;
}

/**
 * Room for so many numbers, and what multiplies them: machine code where the host has 128-bit WebAssembly and room for its memory, else plain
 * loops, which give the same bit for bit.
 */
export function tileMemory(size: number): TileMemory {
  return machineTileMemory(size) ?? plainTileMemory(size);
}

/** {@link tileMemory} in machine code; undefined where the host has none. */
export function machineTileMemory(size: number): TileMemory | undefined {
  const machine = machineFor(() => (compiled ??= new wasm!.Module(code())), 8 * size, 1);
  if (machine === undefined) return undefined;
  return {
    numbers: new Float64Array(machine.memory.buffer, 0, size),
    multiply: ({ x, y, end, tile, length }) => machine.run(8 * x, 8 * y, 8 * end, 8 * tile, 8 * length),
  };
}

/** {@link tileMemory} in plain loops. */
export function plainTileMemory(size: number): TileMemory {
  const numbers = new Float64Array(size);
  return {
    numbers,
    multiply: ({ x, y, end, tile, length }) => {
      for (let b = 0; y + b * length < end; b++)
        for (let j = 0; j < PANEL; j += 2)
          addTwoRows(numbers, x + j, y + b * length, tile + b * TILE + j * PANEL, length);
    },
  };
}

/** Goes on with the sums of two rows of a tile. */
function addTwoRows(numbers: Float64Array, x: number, y: number, tile: number, length: number): void {
  let [s00, s01, s02, s03] = [numbers[tile]!, numbers[tile + 1]!, numbers[tile + 2]!, numbers[tile + 3]!];
  let [s10, s11, s12, s13] = [numbers[tile + 4]!, numbers[tile + 5]!, numbers[tile + 6]!, numbers[tile + 7]!];
  for (let r = 0; r < length; r += PANEL) {
    const x0 = numbers[x + r]!;
    const x1 = numbers[x + r + 1]!;
    const y0 = numbers[y + r]!;
    const y1 = numbers[y + r + 1]!;
    const y2 = numbers[y + r + 2]!;
    const y3 = numbers[y + r + 3]!;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
  }
  numbers.set([s00, s01, s02, s03, s10, s11, s12, s13], tile);
}
