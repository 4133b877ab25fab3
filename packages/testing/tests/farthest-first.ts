import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkFitOptions,
  CrossmodalError,
  denseMatrix,
  randomSource,
  throwIfAborted,
  type Clusterer,
  type FittedClusterer,
  type MultiModalData,
  type Paired,
} from '@crossmodal/core';

interface State {
  readonly centres: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly columns: readonly number[];
}

/**
 * The simplest clusterer that keeps the contract: farthest-first centres, nearest centre.
 *
 * @param visited - rows in the order in which centres are looked for
 */
export function farthestFirst(visited = byContent): Clusterer<Paired> {
  return {
    method: 'farthest-first',
    async fit(data, options) {
      const { clusters, seed } = checkFitOptions('farthestFirst', data, options);
      throwIfAborted(options.signal, 'farthestFirst');
      const rows = concatenated(data);
      const candidates = visited(rows);
      const centres = [candidates[randomSource(seed).integer(data.n)]!];
      while (centres.length < clusters) {
        options.onProgress?.({ phase: 'centres', step: centres.length, steps: clusters });
        throwIfAborted(options.signal, 'farthestFirst');
        centres.push(
          candidates.reduce((best, row) =>
            nearest(row, centres).distance > nearest(best, centres).distance ? row : best,
          ),
        );
      }
      const columns = data.modalities.map(({ features }) => features.columns);
      return fittedFrom({ centres, columns, labels: rows.map((row) => nearest(row, centres).index) });
    },
  };
}

type Rows = readonly (readonly number[])[];

function byContent(rows: Rows): Rows {
  return [...rows].sort((a, b) => {
    const first = a.findIndex((value, j) => value !== b[j]);
    return first < 0 ? 0 : a[first]! - b[first]!;
  });
}

/** Reads back what the fitted clusterer saved. */
export async function loadFarthestFirst(directory: string): Promise<FittedClusterer<Paired>> {
  try {
    return fittedFrom(JSON.parse(await readFile(join(directory, 'state.json'), 'utf8')) as State);
  } catch (cause) {
    throw new CrossmodalError({
      code: 'not-found',
      where: 'load',
      expected: 'a saved model',
      received: 'none',
      cause,
    });
  }
}

function fittedFrom(state: State): FittedClusterer<Paired> {
  const { centres, labels, columns } = state;
  return {
    method: 'farthest-first',
    labels: Int32Array.from(labels),
    embedding: denseMatrix(Float64Array.from(labels), labels.length, 1),
    history: [],
    seconds: { fit: 0, affinity: 0, assign: 0 },
    options: {},
    async predict(data) {
      if (data.modalities.map(({ features }) => features.columns).join() !== columns.join()) {
        throw new CrossmodalError({
          code: 'shape',
          where: 'predict',
          expected: columns.join(),
          received: 'others',
        });
      }
      return Int32Array.from(concatenated(data), (row) => nearest(row, centres).index);
    },
    async save(directory) {
      await mkdir(directory, { recursive: true });
      await writeFile(join(directory, 'state.json'), JSON.stringify(state));
    },
    dispose() {},
  };
}

function concatenated(data: Paired): Rows {
  // What the type says, callers without types may break.
  if ((data as MultiModalData).kind !== 'paired') {
    throw new CrossmodalError({
      code: 'unsupported',
      where: 'farthestFirst',
      expected: 'paired data',
      received: 'mixed data',
    });
  }
  return Array.from({ length: data.n }, (_, i) => {
    const row = data.modalities.flatMap(({ features: { values, columns } }) => [
      ...values.subarray(i * columns, (i + 1) * columns),
    ]);
    if (row.every(Number.isFinite)) return row;
    throw new CrossmodalError({
      code: 'value',
      where: 'farthestFirst',
      expected: 'finite values',
      received: `row ${i}`,
    });
  });
}

function nearest(
  row: readonly number[],
  centres: readonly (readonly number[])[],
): { index: number; distance: number } {
  const distances = centres.map((centre) => centre.reduce((sum, x, j) => sum + (x - row[j]!) ** 2, 0));
  const distance = Math.min(...distances);
  return { index: distances.indexOf(distance), distance };
}
