import {
  denseMatrix,
  matchInputs,
  randomSource,
  throwIfAborted,
  type DenseMatrix,
  type Modality,
} from '@crossmodal/core';
import { chunkedForward } from '@crossmodal/tensors';
import { networkSamples } from '@crossmodal/transforms';
import { convolutionalEncoder } from '../convolutional/convolutional-encoder.js';
import type { FrontEnd } from './front-end.js';

/** Rows that are scaled at once; a multiple of the rows of a pass. */
const BLOCK = 4096;

/**
 * Features of a modality by a fitted front end, zero where a row is absent, shape `[n, q]`.
 *
 * @throws CrossmodalError `shape` when the modality has another name or shape than the fitted one; `aborted` when the signal fires.
 */
export async function applyFrontEnd(
  frontEnd: FrontEnd,
  modality: Modality,
  signal?: AbortSignal,
): Promise<DenseMatrix<Float32Array>> {
  const where = 'applyFrontEnd';
  const { input, convolution } = frontEnd;
  matchInputs(where, [input], [modality]);
  const { rows: n, columns } = modality.features;
  if (convolution === undefined) {
    throwIfAborted(signal, where);
    return denseMatrix(networkSamples(input, modality.features, modality.present).values, n, columns);
  }
  const { filters, kernelSize, pool, kernel } = convolution;
  const encoder = convolutionalEncoder({
    inputShape: input.shape,
    layers: [{ filters, kernelSize, pool, contrast: true }],
    initialiser: () => kernel.slice(),
    // Nothing is drawn: the kernel is given.
    random: randomSource(0),
  });
  const forward = chunkedForward({
    where,
    forward: ({ x }) => ({ z: encoder.apply(x!, { training: false }) }),
  });
  try {
    const width = encoder.outputShape[0]!;
    const features = new Float32Array(n * width);
    for (let start = 0; start < n; start += BLOCK) {
      const end = Math.min(start + BLOCK, n);
      const pixels = modality.features.values.subarray(start * columns, end * columns);
      const present = modality.present?.subarray(start, end);
      const block = networkSamples(input, denseMatrix(pixels, end - start, columns), present);
      const { z } = await forward.run({ x: block }, signal);
      features.set(z!.values, start * width);
    }
    modality.present?.forEach((flag, i) => {
      if (flag === 0) features.fill(0, i * width, (i + 1) * width);
    });
    return denseMatrix(features, n, width);
  } finally {
    forward.dispose();
    encoder.dispose();
  }
}
