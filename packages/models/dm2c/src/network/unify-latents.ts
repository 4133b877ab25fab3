import { chunkedForward, type ApplyContext } from '@crossmodal/tensors';
import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import type { MixedNetwork } from './mixed-network.js';

/** What {@link unifyLatents} takes. */
export interface UnifyOptions {
  /** Whether latents are mapped into the anchor's space. */
  readonly unify: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Latents of the rows of every modality, in the anchor's space where asked, `[n_v, q]` each; a modality may have no rows. */
export async function unifyLatents(
  network: MixedNetwork,
  features: readonly DenseMatrix<Float32Array>[],
  { unify, signal }: UnifyOptions,
): Promise<DenseMatrix<Float32Array>[]> {
  const context: ApplyContext = { training: false };
  const { autoencoders, mapping } = network;
  const unified: DenseMatrix<Float32Array>[] = [];
  for (const [v, rows] of features.entries()) {
    if (rows.rows === 0) {
      unified.push(denseMatrix(new Float32Array(0), 0, mapping.latentSizes[mapping.anchor]!));
      continue;
    }
    const forward = chunkedForward({
      where: 'dm2c',
      forward: ({ x }) => {
        const z = autoencoders[v]!.encode(x!, context);
        return { z: unify ? mapping.translate(z, v, mapping.anchor, context) : z };
      },
    });
    try {
      const { z } = await forward.run(
        { x: { shape: [rows.rows, rows.columns], values: rows.values } },
        signal,
      );
      unified.push(z!);
    } finally {
      forward.dispose();
    }
  }
  return unified;
}
