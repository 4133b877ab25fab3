import { isCrossmodalError } from '@crossmodal/core';
import { openRowFile } from './row-file.js';
import type { OpenRowBlocksOptions } from './open-row-blocks.js';

/**
 * Whether {@link openRowBlocks} can read a file, told from its first bytes; others can only be read whole.
 *
 * @throws CrossmodalError `not-found` when the file cannot be read; `format` when it is damaged.
 * @example
 * ```ts no-run
 * if (await hasRowBlocks('features.npy')) console.log((await openRowBlocks('features.npy')).rows);
 * ```
 */
export async function hasRowBlocks(
  path: string,
  { format }: Pick<OpenRowBlocksOptions, 'format'> = {},
): Promise<boolean> {
  try {
    await openRowFile(path, format);
    return true;
  } catch (error) {
    if (isCrossmodalError(error, 'unsupported') || isCrossmodalError(error, 'shape')) return false;
    throw error;
  }
}
