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

/** Weights of modalities and neighbours of objects; the paper's preset has neither. */
export async function prepareStructure(
  fitted: readonly FittedInput[],
  present: readonly (Uint8Array | undefined)[],
  options: ResolvedDmimOptions,
  signal?: AbortSignal,
): Promise<PreparedStructure> {
  if (options.preset === 'paper') return { structure: evenStructure(fitted.length) };
  const n = fitted[0]!.features.rows;
  // With few objects, lists are short: twenty neighbours among sixty objects reach beyond a cluster.
  const compared = Math.min(COMPARED, Math.max(options.neighbours, 5, Math.floor(n / 20)));
  const count = Math.max(1, Math.min(Math.max(compared, options.neighbours), n - 1));
  const neighbours: NeighbourLists[] = [];
  for (const [v, { features }] of fitted.entries()) {
    neighbours.push(await nearestNeighbours(features, count, present[v], signal));
  }
  return {
    structure: sharedStructure(neighbours, n),
    neighbours: options.neighbours === 0 ? undefined : neighbours,
  };
}
