import type { ConnectedComponents } from '../graph/connected-components.js';
import type { ComponentSizes } from './clustered-graph.js';

/** What a clustering says of the components of its graph, when none has joined another's cluster. */
export function componentSizes({ labels, count }: ConnectedComponents): ComponentSizes {
  const sizes = new Int32Array(count);
  for (const label of labels) sizes[label]!++;
  return { count, sizes: sizes.sort((a, b) => b - a), joined: new Int32Array(0) };
}
