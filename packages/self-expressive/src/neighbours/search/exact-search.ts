import { throwIfAborted, yieldToEvents } from '@crossmodal/core';
import { compile, tf, type TensorRecord } from '@crossmodal/tensors';
import { emptyLists } from './empty-lists.js';
import { insertNeighbour } from './insert-neighbour.js';
import type { ProductLists, ProductSearch } from './product-search.js';

/** Queries in one block, at most: beyond it products gain nothing, and signals and timers would wait longer. */
const MOST_ROWS = 1024;

/**
 * The references of largest product with each query, from all products, block by block.
 *
 * The engine multiplies, and picks the largest while their block is in its cache; what comes back is a list per row. The plain JavaScript
 * backend would sort each row for that, so there the rows are read back and gone through once.
 */
export async function exactSearch(search: ProductSearch): Promise<ProductLists> {
  const { where, queries, references, memory, signal, onProgress } = search;
  const { rows: m, columns: d } = queries;
  const { rows: n } = references;
  const lists = emptyLists(m, search.count);
  const size = Math.min(m, MOST_ROWS, Math.max(1, Math.floor(memory / (4 * (n + d)))));
  const pick = tf.getBackend() === 'cpu' ? pickFromRows(search, lists) : pickInEngine(search, lists);
  const all = tf.tensor2d(references.values.slice(), [n, d]);
  const step = compile(pick.step, { largeProducts: true });
  try {
    for (let next = 0; next < m; next += size) {
      throwIfAborted(signal, where);
      onProgress?.({ phase: 'neighbours', step: next, steps: m });
      // The last block goes back to full size, so that all blocks share one compilation.
      const start = Math.min(next, m - size);
      const part = tf.tensor2d(queries.values.slice(start * d, (start + size) * d), [size, d]);
      try {
        pick.keep(await step.run({ all, part }), start, size);
      } finally {
        part.dispose();
      }
      await yieldToEvents();
    }
    onProgress?.({ phase: 'neighbours', step: m, steps: m });
    return lists;
  } finally {
    step.dispose();
    all.dispose();
  }
}

/** A step that multiplies a part of the queries by all references, and what becomes of its outputs. */
interface Pick {
  readonly step: (inputs: TensorRecord) => TensorRecord;
  readonly keep: (outputs: Record<string, Float32Array>, start: number, size: number) => void;
}

function products({ all, part }: TensorRecord): tf.Tensor {
  return tf.matMul(part!, all!, false, true);
}

/** One more than are wanted are picked where one of them may be the query itself. */
function pickInEngine({ own, count }: ProductSearch, lists: ProductLists): Pick {
  const picked = own === undefined ? count : count + 1;
  return {
    step: (inputs) => {
      const { indices, values } = tf.topk(products(inputs), picked, true);
      return { indices, values };
    },
    keep({ indices, values }, start, size) {
      for (let r = 0; r < size; r++) {
        const from = r * picked;
        const first = (start + r) * count;
        for (let p = from, to = first; p < from + picked && to < first + count; p++) {
          if (indices![p] === own?.[start + r]) continue;
          lists.indices[to] = indices![p]!;
          lists.products[to++] = values![p]!;
        }
      }
    },
  };
}

/** Few entries of a row get past what is in the list already, so that the loop is this comparison. */
function pickFromRows({ references: { rows: n }, own, count }: ProductSearch, lists: ProductLists): Pick {
  return {
    step: (inputs) => ({ values: products(inputs) }),
    keep({ values }, start, size) {
      for (let r = 0; r < size; r++) {
        const [first, last] = [(start + r) * count, (start + r + 1) * count - 1];
        const self = own?.[start + r] ?? -1;
        // The last block begins before the end of the one before it.
        lists.products.fill(-Infinity, first, last + 1);
        lists.indices.fill(-1, first, last + 1);
        let least = -Infinity;
        for (let j = 0, p = r * n; j < n; j++, p++) {
          if (values![p]! > least && j !== self) least = insertNeighbour(lists, first, last, values![p]!, j);
        }
      }
    },
  };
}
