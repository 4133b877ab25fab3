import type { CsrMatrix } from '@crossmodal/core';
import { machineFor } from '../machine.js';
import { ARGUMENTS, CREW_WORDS, MOST_CHUNKS, startCrew, type Crew } from './crew.js';
import { multiplyRows, type Factors } from './multiply-rows.js';
import { PANEL, panelModule, ROW } from './panel-kernel.js';

/** A sparse matrix and two panels of vectors, and products between them. */
export interface PanelMemory {
  /** The two panels, `[n, 8]` each. */
  readonly panels: readonly [Float64Array, Float64Array];
  /** y = α M x + β x + γ y, with x the panel of that index and y the other. */
  readonly run: (source: 0 | 1, factors: Factors) => void;
  /** Ends the threads, if there are any. */
  readonly release: () => void;
}

/** Where everything lies, in bytes. */
interface Layout {
  readonly factors: number;
  readonly words: number;
  readonly table: number;
  readonly values: number;
  readonly x: number;
  readonly y: number;
  readonly ends: number;
  readonly columns: number;
  readonly bytes: number;
}

/** Puts a matrix where machine code, and with `threads` above 1 further threads, reach it; plain loops take their place where the host has neither. */
export function panelMemory(matrix: CsrMatrix<Float64Array>, threads: number): PanelMemory {
  const { rows: n, rowOffsets, columnIndices, values } = matrix;
  const stored = rowOffsets[n]!;
  const at = layout(n, stored);
  const machine = machineFor(panelModule, at.bytes, threads);
  if (machine === undefined) {
    const panels = [new Float64Array(PANEL * n), new Float64Array(PANEL * n)] as const;
    return {
      panels,
      run: (source, factors) => multiplyRows(matrix, panels[source], panels[1 - source]!, factors),
      release: () => undefined,
    };
  }
  const { buffer } = machine.memory;
  new Float64Array(buffer, at.values, stored).set(values.subarray(0, stored));
  const ends = new Uint32Array(buffer, at.ends, n);
  for (let i = 0; i < n; i++) ends[i] = at.columns + 4 * rowOffsets[i + 1]!;
  const columns = new Uint32Array(buffer, at.columns, stored);
  for (let p = 0; p < stored; p++) columns[p] = ROW * columnIndices[p]!;
  const chunks = machine.shared ? Math.min(n, MOST_CHUNKS) : 1;
  const table = new Uint32Array(buffer, at.table, 2 * chunks * ARGUMENTS);
  table.set([0, 1].flatMap((source) => chunkArguments(source, n, chunks, rowOffsets, at)));
  const factorsView = new Float64Array(buffer, at.factors, 3);
  let crew: Crew | undefined;
  return {
    panels: [new Float64Array(buffer, at.x, PANEL * n), new Float64Array(buffer, at.y, PANEL * n)],
    run(source, factors) {
      factorsView.set(factors);
      if (!machine.shared) {
        machine.run(...table.subarray(source * ARGUMENTS, (source + 1) * ARGUMENTS));
        return;
      }
      crew ??= startCrew({ ...machine, words: at.words, table: at.table, chunks, threads });
      crew.round(source);
    },
    release() {
      crew?.release();
      crew = undefined;
    },
  };
}

function layout(n: number, stored: number): Layout {
  // What machine code loads in 16 bytes begins at whole cache lines.
  const aligned = (bytes: number): number => 64 * Math.ceil(bytes / 64);
  const factors = 0;
  const words = 64;
  const table = words + 4 * CREW_WORDS;
  const values = aligned(table + 2 * MOST_CHUNKS * ARGUMENTS * 4);
  const x = aligned(values + 8 * stored);
  const y = x + ROW * n;
  const ends = y + ROW * n;
  const columns = ends + 4 * n;
  return { factors, words, table, values, x, y, ends, columns, bytes: columns + 4 * stored };
}

/** Arguments of the machine code for each chunk of rows, about equally many entries each. */
function chunkArguments(
  source: number,
  n: number,
  chunks: number,
  rowOffsets: Int32Array,
  at: Layout,
): number[] {
  const [from, to] = source === 0 ? [at.x, at.y] : [at.y, at.x];
  return Array.from({ length: chunks }, (_, chunk) => {
    const first = Math.floor((chunk * n) / chunks);
    const last = Math.floor(((chunk + 1) * n) / chunks);
    const entry = rowOffsets[first]!;
    return [
      ...[at.ends + 4 * first, at.ends + 4 * last, at.columns + 4 * entry, at.values + 8 * entry],
      ...[from, from + ROW * first, to + ROW * first, at.factors],
    ];
  }).flat();
}
