import { fewerNearest, type NearestRows } from './nearest-by-gram.js';

/** Rank of the neighbour whose distance tells how far apart rows are; a group of so many rows is no longer too small for neighbour graphs. */
export const ISOLATION_RANK = 7;
/** Part of the rows whose distance to that neighbour is usual. */
const USUAL = 0.95;
/**
 * Times the largest usual distance that a group is from all other rows. Of 1.25 to 4 on sets with and without groups far away: at 2 some tails of
 * clusters are told to be groups, at 3 some groups at 20 deviations are missed.
 */
const REACH = 2.5;

/**
 * Groups of fewer than seven rows that are far from all others: by 2.5 times the distance that 95 of 100 rows have at most to their seventh neighbour. A group
 * has to be far in every modality that its rows have.
 *
 * Graphs of a few neighbours per row join such a group to others, since it has fewer rows than that: neighbours are sought where there are none.
 *
 * @param modalities - seven nearest rows of each row or more, one entry per modality; none for rows that lack it
 * @returns row numbers of each group, ascending
 */
export function isolatedGroups(modalities: readonly NearestRows[]): readonly Int32Array[] {
  const near = modalities
    .filter(({ count }) => count >= ISOLATION_RANK)
    .map((nearest) => withinReach(fewerNearest(nearest, ISOLATION_RANK)));
  const n = near[0]?.length ?? 0;
  const far = Uint8Array.from({ length: n }, (_, i) => {
    const own = near.flatMap((rows) => rows[i] ?? []);
    return own.length > 0 && own.every(({ full }) => !full) ? 1 : 0;
  });
  const groups: Int32Array[] = [];
  const seen = new Uint8Array(n);
  for (let start = 0; start < n; start++) {
    if (far[start] === 0 || seen[start] !== 0) continue;
    const members = [start];
    seen[start] = 1;
    let attached = false;
    // Grows while it is visited.
    for (const i of members) {
      for (const rows of near) {
        for (const j of rows[i]?.columns ?? []) {
          if (far[j] === 0) attached = true;
          else if (seen[j] === 0) members.push(j);
          seen[j] = far[j]!;
        }
      }
    }
    if (!attached && members.length < ISOLATION_RANK) groups.push(Int32Array.from(members).sort());
  }
  return groups;
}

/** Neighbours of one row that are within reach. */
interface RowsInReach {
  readonly columns: readonly number[];
  /** Whether all seven are, and perhaps more. */
  readonly full: boolean;
}

/** Neighbours within reach of each row; undefined for rows that have none at all. */
function withinReach({ count, columns, distances }: NearestRows): (RowsInReach | undefined)[] {
  const n = columns.length / count;
  const last = Float64Array.from({ length: n }, (_, i) => distances[(i + 1) * count - 1]!);
  const usual = last.filter((distance) => distance > 0).sort();
  const limit = REACH ** 2 * (usual[Math.floor(USUAL * (usual.length - 1))] ?? Infinity);
  return Array.from({ length: n }, (_, i) => {
    if (columns[i * count]! < 0) return undefined;
    const own = Array.from(columns.subarray(i * count, (i + 1) * count)).filter(
      (column, r) => column >= 0 && distances[i * count + r]! <= limit,
    );
    return { columns: own, full: own.length === count };
  });
}
