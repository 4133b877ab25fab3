import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkFitOptions,
  CrossmodalError,
  denseMatrix,
  throwIfAborted,
  type Clusterer,
  type FittedClusterer,
  type Mixed,
  type Modality,
  type MultiModalData,
} from '@crossmodal/core';

type Row = readonly number[];

interface State {
  /** Centres of each modality, by the norm of the mean of their rows. */
  readonly centres: readonly (readonly Row[])[];
  readonly labels: readonly number[];
}

/** The simplest clusterer of mixed data that keeps the contract: farthest-first centres, matched by their norms. */
export function normOrdered(): Clusterer<Mixed> {
  return {
    method: 'norm-ordered',
    async fit(data, options) {
      checkKind(data);
      const { clusters, seed = 0 } = { ...options, ...checkFitOptions('normOrdered', data, options) };
      if (!Number.isInteger(seed) || seed < 0) refuse('option', 'a seed');
      throwIfAborted(options.signal, 'normOrdered');
      const centres = data.modalities.map((modality) => {
        options.onProgress?.({ phase: 'centres', step: 0, steps: 1 });
        throwIfAborted(options.signal, 'normOrdered');
        return centresOf(rowsOf(modality), clusters);
      });
      return fittedFrom({ centres, labels: labelsOf(data, centres) });
    },
  };
}

/** Reads back what the fitted clusterer saved. */
export async function loadNormOrdered(directory: string): Promise<FittedClusterer<Mixed>> {
  const text = await readFile(join(directory, 'state.json'), 'utf8').catch(() =>
    refuse('not-found', 'a saved model'),
  );
  return fittedFrom(JSON.parse(text) as State);
}

function fittedFrom({ centres, labels }: State): FittedClusterer<Mixed> {
  return {
    method: 'norm-ordered',
    labels: Int32Array.from(labels),
    embedding: denseMatrix(Float64Array.from(labels), labels.length, 1),
    history: [],
    seconds: { fit: 0, affinity: 0, assign: 0 },
    options: {},
    async predict(data) {
      checkKind(data);
      const widths = data.modalities.map(({ features }) => features.columns).join();
      if (widths !== centres.map(([first]) => first!.length).join()) refuse('shape', 'other columns');
      return Int32Array.from(labelsOf(data, centres));
    },
    async save(directory) {
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, 'state.json'), JSON.stringify({ centres, labels }));
    },
    dispose() {},
  };
}

/** The longest row first, whatever the order of the rows; then the farthest ones. The norms of means decide their order. */
function centresOf(rows: readonly Row[], clusters: number): readonly Row[] {
  const chosen = [rows.reduce((best, row) => (norm(row) > norm(best) ? row : best))];
  while (chosen.length < clusters) {
    chosen.push(
      rows.reduce((best, row) =>
        nearest(row, chosen).distance > nearest(best, chosen).distance ? row : best,
      ),
    );
  }
  const owners = rows.map((row) => nearest(row, chosen).index);
  return chosen
    .map((centre, c) => {
      const own = rows.filter((_, i) => owners[i] === c);
      return own.length === 0
        ? centre
        : centre.map((_, j) => own.reduce((sum, row) => sum + row[j]!, 0) / own.length);
    })
    .sort((a, b) => norm(a) - norm(b));
}

function labelsOf(data: Mixed, centres: State['centres']): number[] {
  return data.modalities.flatMap((modality, v) =>
    rowsOf(modality).map((row) => nearest(row, centres[v]!).index),
  );
}

function rowsOf({ features: { rows, columns, values } }: Modality): readonly Row[] {
  if (!values.every(Number.isFinite)) refuse('value', 'finite values');
  return Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));
}

/** What the type says, callers without types may break. */
function checkKind({ kind }: MultiModalData): void {
  if (kind !== 'mixed') refuse('unsupported', 'mixed data');
}

function norm(row: Row): number {
  return Math.hypot(...row);
}

function nearest(row: Row, centres: readonly Row[]): { index: number; distance: number } {
  const distances = centres.map((centre) => centre.reduce((sum, x, j) => sum + (x - row[j]!) ** 2, 0));
  const distance = Math.min(...distances);
  return { index: distances.indexOf(distance), distance };
}

function refuse(code: 'option' | 'shape' | 'value' | 'not-found' | 'unsupported', expected: string): never {
  throw new CrossmodalError({ code, where: 'normOrdered', expected, received: 'something else' });
}
