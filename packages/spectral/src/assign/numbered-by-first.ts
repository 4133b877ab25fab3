/** The labels, numbered in the order in which `rowOrder` first meets them. */
export function numberedByFirst(labels: Int32Array, rowOrder: Int32Array): Int32Array {
  const number = new Map<number, number>();
  for (const vertex of rowOrder) if (!number.has(labels[vertex]!)) number.set(labels[vertex]!, number.size);
  return labels.map((label) => number.get(label)!);
}
