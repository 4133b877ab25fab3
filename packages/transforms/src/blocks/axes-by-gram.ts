import { denseMatrix, presentInBlock, type RandomSource, type RowBlocks } from '@crossmodal/core';
import { columnsWithFixedSigns, gramOfBlocks, largestEigenpairs, type Eigenpairs } from '@crossmodal/linalg';
import { EMPTY_SHARE } from '../components/pca.js';

/** Options of {@link axesByGram}. */
export interface AxesByGramOptions {
  /** Mean of each column over the rows that are present, length `d`. */
  readonly means: Float64Array;
  /** Rows that are present. */
  readonly count: number;
  readonly components: number;
  readonly random: RandomSource;
  readonly present: Uint8Array | undefined;
  /** Bytes of rows that are held at a time. */
  readonly memory: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Principal axes of few rows with many columns: eigenvectors v of the Gram matrix `X_c X_c^T / n` have the variances of the axes, and
 * `X_c^T v` points along them. Axes without variance are zero, as no row says where they point.
 *
 * @returns axes `[d, components]` with their variances
 */
export async function axesByGram(
  source: RowBlocks,
  { means, count, components, random, present, memory, signal }: AxesByGramOptions,
): Promise<Eigenpairs> {
  const gram = await gramOfBlocks(source, { means, present, memory, signal });
  const { values, vectors } = largestEigenpairs(gram, {
    count: components,
    random,
    ...(signal === undefined ? {} : { signal }),
  });
  const d = source.columns;
  const axes = new Float64Array(components * d);
  for await (const block of source.blocks({ signal })) {
    for (const r of presentInBlock(block, present)) {
      for (let k = 0; k < components; k++) {
        const weight = vectors.values[(block.start + r) * components + k]!;
        for (let j = 0; j < d; j++)
          axes[k * d + j]! += weight * (block.features.values[r * d + j]! - means[j]!);
      }
    }
  }
  for (let k = 0; k < components; k++) {
    const axis = axes.subarray(k * d, (k + 1) * d);
    const length = Math.sqrt(axis.reduce((sum, value) => sum + value * value, 0));
    const scale = values[k]! <= EMPTY_SHARE * values[0]! ? 0 : 1 / length;
    for (let j = 0; j < d; j++) axis[j] = axis[j]! * scale;
  }
  return {
    values: values.map((value) => Math.max(0, value) / count),
    vectors: denseMatrix(columnsWithFixedSigns(axes, components, d), d, components),
  };
}
