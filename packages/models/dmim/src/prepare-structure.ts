import type { FittedInput } from './dmim-input.js';
import type { ResolvedDmimOptions } from './dmim-options.js';
import { nearestNeighbours, type NeighbourLists } from './nearest-neighbours.js';
import { evenStructure, sharedStructure, type SharedStructure } from './shared-structure.js';

/** Neighbours by which modalities are weighed, with many objects. */
const COMPARED = 20;

/** What is known of the modalities before training. */
export interface PreparedStructure {
  readonly structure: SharedStructure;
  /** Where partners are drawn; none when objects are their own partners. */
  readonly neighbours?: readonly NeighbourLists[] | undefined;
}

/** What {@link prepareStructure} takes besides the inputs. */
export interface StructureOptions {
  /** 1 where a row of the modality is present. */
  readonly present: readonly (Uint8Array | undefined)[];
  readonly clusters: number;
  readonly options: ResolvedDmimOptions;
  readonly signal?: AbortSignal | undefined;
}

/** Weights of modalities and neighbours of objects; the paper's preset has neither. */
export async function prepareStructure(
  fitted: readonly FittedInput[],
  { present, clusters, options, signal }: StructureOptions,
): Promise<PreparedStructure> {
  if (options.preset === 'paper') return { structure: evenStructure(fitted.length) };
  const n = fitted[0]!.features.rows;
  // With few objects, lists are short: twenty neighbours in clusters of ten reach beyond them.
  const most = Math.max(1, Math.min(n - 1, Math.max(2, Math.floor(n / (2 * clusters)))));
  const count = Math.min(Math.max(COMPARED, options.neighbours), most);
  const neighbours: NeighbourLists[] = [];
  for (const [v, { features }] of fitted.entries()) {
    neighbours.push(await nearestNeighbours(features, count, present[v], signal));
  }
  const structure = sharedStructure(neighbours, n);
  if (options.neighbours === 0) return { structure };
  return { structure, neighbours: neighbours.map((list) => nearest(list, options.neighbours)) };
}

/** The first few of each list. */
function nearest({ count, rows }: NeighbourLists, few: number): NeighbourLists {
  const kept = Math.min(few, count);
  return { count: kept, rows: rows.filter((_, p) => p % count < kept) };
}
