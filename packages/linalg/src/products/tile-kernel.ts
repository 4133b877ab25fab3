import { before, I32, moduleBytes, op, step, V128, wasm } from '../operators/wasm-assembler.js';

/** Columns of a panel, and rows and columns of a tile. */
export const TILE = 4;

/** Numbers in a tile. */
const CELLS = TILE * TILE;

/** Panels of one matrix against those of another, and what comes of it, in memory that the kernel reads. */
export interface TileKernel {
  /** Panels of the first matrix, one after the other: of each row in turn, its entries in the panel's {@link TILE} columns. */
  readonly a: Float64Array;
  /** Panels of the second matrix, alike. */
  readonly b: Float64Array;
  /** One tile `[4, 4]` for each panel of the second matrix. */
  readonly tiles: Float64Array;
  /**
   * Multiplies panel `p` of the first matrix by panels `0..count-1` of the second: entry `[i, j]` of a tile is the sum over rows of the product
   * of column i of the one and column j of the other, added up row by row.
   */
  readonly run: (p: number, count: number) => void;
}

/** Sizes of a {@link TileKernel}. */
export interface TileSizes {
  /** Rows of every panel, 1 or more. */
  readonly rows: number;
  /** Panels of the first matrix. */
  readonly aPanels: number;
  /** Panels of the second matrix; where left out, both are the same. */
  readonly bPanels?: number;
}

/** Products of panels of columns in 8-byte numbers: in machine code where the host has 128-bit WebAssembly, four times as fast as plain loops, to the same bits. */
export function tileKernel(sizes: TileSizes): TileKernel {
  return machineTiles(sizes) ?? portableTiles(sizes);
}

/** Locals of the machine code: the parameters first. */
const A = 0;
const A_END = 1;
const B = 2;
const B_END = 3;
const OUT = 4;
const AT = 5;
const LEFT = 6;
const RIGHT = 7;
const ELEMENT = 8;
const EACH = [0, 1, 2, 3];
const sum = (i: number, half: number): number => 9 + 2 * i + half;

const PAIR = 16;
const ROW = 8 * TILE;

/** sum_i += a_i (b_0 .. b_3), two entries to a register. */
const addToRow = (i: number): number[] => [
  ...[...op.get(AT), ...op.loadSplat(8 * i), ...op.tee(ELEMENT)],
  ...[...op.get(LEFT), ...op.multiplyLanes, ...op.get(sum(i, 0)), ...op.addLanes, ...op.set(sum(i, 0))],
  ...[...op.get(ELEMENT), ...op.get(RIGHT), ...op.multiplyLanes],
  ...[...op.get(sum(i, 1)), ...op.addLanes, ...op.set(sum(i, 1))],
];

/** `run(a, end of a, b, end of b, tiles)`, byte addresses: one panel by as many as there are from `b` to its end. */
const machineCode = (): Uint8Array =>
  moduleBytes(
    5,
    [
      { count: 1, type: I32 },
      { count: 11, type: V128 },
    ],
    [
      op.repeatWhile(
        [...op.get(A), ...op.set(AT)],
        ...EACH.flatMap((i) => [0, 1].map((half) => [...op.zero, ...op.set(sum(i, half))])),
        op.repeatWhile(
          [...op.get(B), ...op.load(0), ...op.set(LEFT)],
          [...op.get(B), ...op.load(PAIR), ...op.set(RIGHT)],
          ...EACH.map(addToRow),
          step(AT, ROW),
          step(B, ROW),
          before(AT, A_END),
        ),
        ...EACH.flatMap((i) =>
          [0, 1].map((half) => [
            ...[...op.get(OUT), ...op.get(sum(i, half)), ...op.store(ROW * i + PAIR * half)],
          ]),
        ),
        step(OUT, 8 * CELLS),
        before(B, B_END),
      ),
    ],
  );

let compiled: object | undefined;

/** {@link tileKernel} in machine code; undefined where the host lacks it, forbids it, or has no room for the memory. */
export function machineTiles(sizes: TileSizes): TileKernel | undefined {
  const { aNumbers, bNumbers, tileNumbers, panel } = numbersOf(sizes);
  const bStart = sizes.bPanels === undefined ? 0 : 8 * aNumbers;
  const tilesStart = bStart + 8 * bNumbers;
  const pages = Math.ceil((tilesStart + 8 * tileNumbers) / 65_536);
  // Addresses have 32 bits.
  if (wasm === undefined || pages > 65_535) return undefined;
  try {
    compiled ??= new wasm.Module(machineCode());
    const memory = new wasm.Memory({ initial: pages });
    const run = new wasm.Instance(compiled, { host: { memory } }).exports['run'] as (
      ...addresses: number[]
    ) => void;
    const bytes = 8 * panel;
    return {
      a: new Float64Array(memory.buffer, 0, aNumbers),
      b: new Float64Array(memory.buffer, bStart, bNumbers),
      tiles: new Float64Array(memory.buffer, tilesStart, tileNumbers),
      run: (p, count) => {
        if (count > 0) run(p * bytes, (p + 1) * bytes, bStart, bStart + count * bytes, tilesStart);
      },
    };
  } catch {
    // The plain loops give the same answer, only slower.
    return undefined;
  }
}

/** {@link tileKernel} in plain loops. */
export function portableTiles(sizes: TileSizes): TileKernel {
  const { aNumbers, bNumbers, tileNumbers, panel } = numbersOf(sizes);
  const a = new Float64Array(aNumbers);
  const b = sizes.bPanels === undefined ? a : new Float64Array(bNumbers);
  const tiles = new Float64Array(tileNumbers);
  return {
    ...{ a, b, tiles },
    run(p, count) {
      for (let q = 0; q < count; q++) {
        for (let i = 0; i < TILE; i += 2)
          twoRows(a, p * panel + i, b, q * panel, panel, tiles, q * CELLS + TILE * i);
      }
    },
  };
}

/** Two rows of a tile at a time, whose sums do not wait for each other. */
function twoRows(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  length: number,
  tiles: Float64Array,
  to: number,
): void {
  let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let r = 0; r < length; r += TILE) {
    const x0 = a[aStart + r]!;
    const x1 = a[aStart + r + 1]!;
    const y0 = b[bStart + r]!;
    const y1 = b[bStart + r + 1]!;
    const y2 = b[bStart + r + 2]!;
    const y3 = b[bStart + r + 3]!;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
  }
  tiles.set([s00, s01, s02, s03, s10, s11, s12, s13], to);
}

function numbersOf({ rows, aPanels, bPanels = aPanels }: TileSizes) {
  const panel = TILE * rows;
  return { panel, aNumbers: aPanels * panel, bNumbers: bPanels * panel, tileNumbers: bPanels * CELLS };
}
