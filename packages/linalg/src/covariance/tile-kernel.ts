import { before, I32, moduleBytes, op, step, V128, wasm } from '../operators/wasm-assembler.js';

/** Columns of a panel, and rows and columns of a tile. */
export const PANEL = 4;

/** Rows of a panel, few enough that a pair of panels stays in the cache. */
export const BATCH = 128;

/** Numbers of a panel, and of a tile. */
export const [PANEL_LENGTH, TILE_LENGTH] = [BATCH * PANEL, PANEL * PANEL];

/** Bytes of one row of a panel or a tile. */
const ROW = 8 * PANEL;

/** Locals of the kernel: the parameters first. */
const X = 0;
const Y = 1;
const LAST = 2;
const TILE = 3;
const PLACE = 4;
const STOP = 5;
const VALUE = 6;
const pair = (h: number): number => 7 + h;
const sum = (j: number, h: number): number => 9 + 2 * j + h;

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
 * Machine code for `T_b += X^T Y_b` over panels b: `run(X, first Y, end of Y, first tile)`, byte addresses. Each lane sums up one entry from
 * the first row to the last, as plain loops do, so that results are the same bit for bit.
 */
const code = (): Uint8Array =>
  moduleBytes(
    4,
    [
      { count: 2, type: I32 },
      { count: 11, type: V128 },
    ],
    [
      op.repeatWhile(
        forEachSum((j, h) => [...op.zero, ...op.set(sum(j, h))]),
        [...op.get(X), ...op.tee(PLACE), ...op.constant(8 * PANEL_LENGTH), ...op.add, ...op.set(STOP)],
        op.repeatWhile(
          ...HALVES.map((h) => [...op.get(Y), ...op.load(16 * h), ...op.set(pair(h))]),
          ...EACH.map(addRow),
          step(PLACE, ROW),
          step(Y, ROW),
          before(PLACE, STOP),
        ),
        forEachSum((j, h) => [
          ...[...op.get(TILE), ...op.get(TILE), ...op.load(ROW * j + 16 * h)],
          ...[...op.get(sum(j, h)), ...op.addLanes, ...op.store(ROW * j + 16 * h)],
        ]),
        step(TILE, 8 * TILE_LENGTH),
        before(Y, LAST),
      ),
    ],
  );

let compiled: object | undefined;

/** Panels of columns and the tiles of their products. */
export interface TileKernel {
  /** Panel after panel, each row by row. */
  readonly panels: Float64Array;
  /** Tiles (a, b), b = 0..a, one after the other. */
  readonly tiles: Float64Array;
  /** Adds the products of panel a with the panels 0..a to their tiles. */
  readonly run: (a: number) => void;
}

/** Number of the tile (a, 0). */
export function firstTile(a: number): number {
  return (a * (a + 1)) / 2;
}

/**
 * Room for so many panels, and what multiplies them: machine code where the host has 128-bit WebAssembly and room for its memory, else plain
 * loops, which give the same bit for bit.
 */
export function tileKernel(count: number): TileKernel {
  return machineKernel(count) ?? plainKernel(count);
}

/** {@link tileKernel} in machine code; undefined where the host has none. */
export function machineKernel(count: number): TileKernel | undefined {
  const tilesStart = 8 * count * PANEL_LENGTH;
  const pages = Math.ceil((tilesStart + 8 * firstTile(count) * TILE_LENGTH) / 65536);
  // Addresses have 32 bits.
  if (wasm === undefined || pages > 65535) return undefined;
  try {
    compiled ??= new wasm.Module(code());
    const memory = new wasm.Memory({ initial: Math.max(1, pages) });
    const run = new wasm.Instance(compiled, { host: { memory } }).exports['run'] as (
      ...addresses: number[]
    ) => void;
    return {
      panels: new Float64Array(memory.buffer, 0, count * PANEL_LENGTH),
      tiles: new Float64Array(memory.buffer, tilesStart, firstTile(count) * TILE_LENGTH),
      run: (a) => {
        const x = 8 * a * PANEL_LENGTH;
        run(x, 0, x + 8 * PANEL_LENGTH, tilesStart + 8 * firstTile(a) * TILE_LENGTH);
      },
    };
  } catch {
    // The plain loops give the same answer, only slower.
    return undefined;
  }
}

/** {@link tileKernel} in plain loops. */
export function plainKernel(count: number): TileKernel {
  const panels = new Float64Array(count * PANEL_LENGTH);
  const tiles = new Float64Array(firstTile(count) * TILE_LENGTH);
  return {
    panels,
    tiles,
    run: (a) => {
      for (let b = 0; b <= a; b++) addTile(panels, a, b, tiles, (firstTile(a) + b) * TILE_LENGTH);
    },
  };
}

/** Adds the products of the columns of panels `a` and `b` to the tile at a place, two of its rows at a time. */
function addTile(panels: Float64Array, a: number, b: number, tiles: Float64Array, place: number): void {
  const q = b * PANEL_LENGTH;
  for (let j = 0; j < PANEL; j += 2) {
    let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
    const p = a * PANEL_LENGTH + j;
    for (let r = 0; r < PANEL_LENGTH; r += PANEL) {
      const x0 = panels[p + r]!;
      const x1 = panels[p + r + 1]!;
      const y0 = panels[q + r]!;
      const y1 = panels[q + r + 1]!;
      const y2 = panels[q + r + 2]!;
      const y3 = panels[q + r + 3]!;
      s00 += x0 * y0;
      s01 += x0 * y1;
      s02 += x0 * y2;
      s03 += x0 * y3;
      s10 += x1 * y0;
      s11 += x1 * y1;
      s12 += x1 * y2;
      s13 += x1 * y3;
    }
    const sums = [s00, s01, s02, s03, s10, s11, s12, s13];
    for (let k = 0; k < 2 * PANEL; k++) tiles[place + PANEL * j + k]! += sums[k]!;
  }
}
