import { CrossmodalError } from '@crossmodal/core';

/** The members of one cluster. */
export interface ClusterGroup {
  /** Cluster number, as in the labels. */
  readonly cluster: number;
  /** Objects in it, ascending. */
  readonly members: Int32Array;
  /** The most frequent true class, when classes are known and the cluster is not empty. */
  readonly majority?: string;
  /** Members whose true class is another one. */
  readonly strangers?: Int32Array;
}

/**
 * Gathers objects by cluster, in the order in which a report shows them: by the clusters' most frequent true class when classes
 * are known (classes in natural order, larger clusters first), by cluster number otherwise; empty clusters are left out.
 *
 * @param labels - cluster of each object, integers from 0, length `n`
 * @param truth - true class of each object, length `n`; it orders and annotates, nothing else
 * @throws CrossmodalError `shape` when the lengths differ; `value` when a label is not an integer from 0.
 */
export function clusterGroups(
  labels: ArrayLike<number>,
  truth?: ArrayLike<number | string>,
): readonly ClusterGroup[] {
  if (truth && truth.length !== labels.length) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'clusterGroups',
      expected: `${labels.length} classes, one a label`,
      received: `${truth.length}`,
    });
  }
  const members = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const cluster = labels[i]!;
    if (!Number.isInteger(cluster) || cluster < 0) {
      throw new CrossmodalError({
        code: 'value',
        where: 'clusterGroups',
        expected: 'labels that are integers from 0',
        received: `${cluster} at ${i}`,
      });
    }
    const list = members.get(cluster);
    if (list) list.push(i);
    else members.set(cluster, [i]);
  }
  const groups = [...members]
    .sort(([a], [b]) => a - b)
    .map(([cluster, list]) => describe(cluster, list, truth));
  if (!truth) return groups;
  return groups.sort(
    (a, b) =>
      naturalOrder(a.majority!, b.majority!) || b.members.length - a.members.length || a.cluster - b.cluster,
  );
}

/** Compares texts so that numbers inside them count as numbers: `class 2` before `class 10`. */
export function naturalOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function describe(
  cluster: number,
  list: readonly number[],
  truth?: ArrayLike<number | string>,
): ClusterGroup {
  const members = Int32Array.from(list);
  if (!truth) return { cluster, members };
  const counts = new Map<string, number>();
  for (const i of list) counts.set(String(truth[i]), (counts.get(String(truth[i])) ?? 0) + 1);
  let majority = '';
  let most = 0;
  for (const [name, count] of [...counts].sort(([a], [b]) => naturalOrder(a, b))) {
    if (count > most) [majority, most] = [name, count];
  }
  return { cluster, members, majority, strangers: members.filter((i) => String(truth[i]) !== majority) };
}
