import { CrossmodalError } from '../errors.js';
import type { DenseMatrix, FloatArray } from '../matrix.js';
import type { RowBlock, RowBlocks } from './row-blocks.js';

/** Options of {@link mapBlocks}. */
export interface MapBlocksOptions<T extends FloatArray> {
  /** Shape of a row of the result. @defaultValue that of the source */
  readonly rowShape?: readonly number[];
  /** Precision of the result. @defaultValue that of the source */
  readonly precision?: 'single' | 'double';
  /** Maps the rows of a block, `[m, d]` to `[m, q]`. Row i of the result may depend on row i and its number only. */
  readonly map: (block: RowBlock) => DenseMatrix<T>;
}

/**
 * Maps the rows of each block when it is read; no result is kept.
 *
 * @throws CrossmodalError `shape`, in a pass, when `map` gives a block of another size than it promised.
 * @example
 * ```ts
 * const source = blocksOf(fromRows([[1, 2], [3, 4]]));
 * const map = ({ features }: RowBlock) => ({ ...features, values: features.values.map((x) => 2 * x) });
 * console.log((await gatherBlocks(mapBlocks(source, { map }))).values); // 2, 4, 6, 8
 * ```
 */
export function mapBlocks<T extends FloatArray>(
  source: RowBlocks,
  { rowShape = source.rowShape, precision = source.precision, map }: MapBlocksOptions<T>,
): RowBlocks<T> {
  const columns = rowShape.reduce((product, size) => product * size, 1);
  return {
    rows: source.rows,
    columns,
    rowShape,
    precision,
    async *blocks(options) {
      for await (const block of source.blocks(options)) {
        const features = map(block);
        if (features.rows !== block.features.rows || features.columns !== columns) {
          throw new CrossmodalError({
            code: 'shape',
            where: 'mapBlocks',
            expected: `a block of ${block.features.rows} x ${columns}`,
            received: `${features.rows} x ${features.columns}`,
          });
        }
        yield { start: block.start, features };
      }
    },
  };
}
