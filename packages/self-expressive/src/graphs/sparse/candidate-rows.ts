import { gatherRows, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import type { CandidateLists } from '../../solvers/sparse/candidate-lists.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import type { NearestRows } from '../neighbours/nearest-by-gram.js';
import { leadingDirections } from './leading-directions.js';
import { mappedRows } from './mapped-rows.js';
import { nearestRows, type SearchedRows } from './nearest-rows.js';
import { sideBySide } from './side-by-side.js';

/** Options of {@link candidateRows}. */
export interface CandidateRowOptions {
  /** Candidates that each row gets of each modality. */
  readonly count: number;
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
}

/** Candidates of each row. */
export interface Candidates {
  /** Rows that are near in one modality at least. */
  readonly joint: CandidateLists;
  /** Those near in each modality. */
  readonly modalities: readonly CandidateLists[];
}

/** Directions in which candidates are searched: they only have to hold the nearest few among a larger number. */
export const DIRECTIONS = 128;
/** Share of the nearest rows that the search aims at, for the same reason. */
const RECALL = 0.9;

/**
 * For each row, the fitted rows that are near to it in one modality at least, over a few leading directions of each modality: coefficients and
 * distances are strong among near rows, and are taken of these alone.
 *
 * @param given - rows that look; the fitted ones themselves where left out
 */
export async function candidateRows(
  fitted: readonly KernelFeatures[],
  options: CandidateRowOptions,
  given?: readonly KernelFeatures[],
): Promise<Candidates> {
  const { count, signal } = options;
  const lists: NearestRows[] = [];
  for (const [v, modality] of fitted.entries()) {
    const random = options.random.fork(`candidates ${v}`);
    const map = mapOf(modality, random);
    const among = await reduced(modality, map, signal);
    const self: SearchedRows = {
      ...among,
      own: Int32Array.from({ length: among.features.rows }, (_, i) => i),
    };
    const looking = given === undefined ? self : await reduced(given[v]!, map, signal);
    const search = { count, recall: RECALL, random: random.fork('search'), signal };
    lists.push(await nearestRows(looking, among, { ...search, method: 'approximate' }));
  }
  const rows = (given ?? fitted)[0]!.features.rows;
  return { joint: union(lists, rows), modalities: lists.map((list) => union([list], rows)) };
}

function mapOf(
  { features, present }: KernelFeatures,
  random: RandomSource,
): DenseMatrix<Float32Array> | undefined {
  if (features.columns <= DIRECTIONS) return undefined;
  const rows = present && Int32Array.from(present.keys()).filter((i) => present[i] !== 0);
  const blocks = sideBySide([rows === undefined ? features : gatherRows(features, rows)]);
  return leadingDirections(blocks, { rank: DIRECTIONS, random });
}

async function reduced(
  modality: KernelFeatures,
  map: DenseMatrix<Float32Array> | undefined,
  signal: AbortSignal | undefined,
): Promise<KernelFeatures> {
  if (map === undefined) return modality;
  const blocks = sideBySide([modality.features]);
  return { ...modality, features: await mappedRows('candidateRows', blocks, { map, signal }) };
}

/** What stands in one of the lists at least, each once and ascending. */
function union(lists: readonly NearestRows[], rows: number): CandidateLists {
  const offsets = new Int32Array(rows + 1);
  const found = new Int32Array(lists.reduce((sum, { columns }) => sum + columns.length, 0));
  let to = 0;
  for (let i = 0; i < rows; i++) {
    const start = to;
    for (const { count, columns } of lists)
      for (let p = i * count; p < (i + 1) * count && columns[p]! >= 0; p++) found[to++] = columns[p]!;
    const own = found.subarray(start, to).sort();
    let kept = 0;
    for (let p = 0; p < own.length; p++) if (p === 0 || own[p] !== own[kept - 1]) own[kept++] = own[p]!;
    to = start + kept;
    offsets[i + 1] = to;
  }
  return { offsets, rows: found.slice(0, to) };
}
