/** Whether a value of a tree is one of its leaves. */
export type IsLeaf<L> = (value: unknown) => value is L;

/**
 * Names every leaf of nested records and lists by its path, such as `modalities.0.x`; absent values have no name.
 *
 * A tree that is a leaf itself has the path `value`.
 */
export function leavesOf<L>(tree: unknown, isLeaf: IsLeaf<L>): Record<string, L> {
  const leaves: Record<string, L> = {};
  const visit = (value: unknown, path: string) => {
    if (isLeaf(value)) leaves[path === '' ? 'value' : path] = value;
    else if (typeof value === 'object' && value !== null)
      for (const [key, child] of Object.entries(value)) visit(child, path === '' ? key : `${path}.${key}`);
  };
  visit(tree, '');
  return leaves;
}

/** A tree of the same form, every leaf replaced by what `map` makes of it and its path. */
export function mapLeaves<L>(
  tree: unknown,
  isLeaf: IsLeaf<L>,
  map: (leaf: L, path: string) => unknown,
): unknown {
  const visit = (value: unknown, path: string): unknown => {
    if (isLeaf(value)) return map(value, path === '' ? 'value' : path);
    if (typeof value !== 'object' || value === null) return value;
    const below = (key: string) => (path === '' ? key : `${path}.${key}`);
    if (Array.isArray(value)) return value.map((child, i) => visit(child, below(String(i))));
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, visit(child, below(key))]));
  };
  return visit(tree, '');
}
