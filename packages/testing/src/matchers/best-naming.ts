/**
 * The one-to-one naming of clusters as classes by which most objects are right; for few clusters, since every naming is tried.
 *
 * @param labels - clusters, in `0..clusters-1`
 * @param truth - classes, in `0..clusters-1`
 * @returns class of each cluster, length `clusters`
 */
export function bestNaming(
  labels: ArrayLike<number>,
  truth: ArrayLike<number>,
  clusters: number,
): readonly number[] {
  const counts = new Float64Array(clusters * clusters);
  for (let i = 0; i < labels.length; i++) counts[labels[i]! * clusters + truth[i]!]!++;
  let best: readonly number[] = [];
  let most = -1;
  const extend = (naming: readonly number[], right: number): void => {
    const cluster = naming.length;
    if (cluster === clusters) {
      if (right > most) [best, most] = [naming, right];
      return;
    }
    for (let name = 0; name < clusters; name++)
      if (!naming.includes(name)) extend([...naming, name], right + counts[cluster * clusters + name]!);
  };
  extend([], 0);
  return best;
}
