import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import type { ClusteringNetwork } from '@crossmodal/encoders';
import type { NetworkPart, OptionShape, ResolvedOptions } from '@crossmodal/method';
import * as z from 'zod';
import type { DmimSamples, DmimTypes } from '../src/types.js';

/** Options of a part, with its defaults. */
export function resolved<Shape extends OptionShape>(
  shape: Shape,
  given: object = {},
): ResolvedOptions<Shape> {
  return z.object(shape).parse(given) as ResolvedOptions<Shape>;
}

/** The network of a part for modalities of given sizes. */
export function networkOf<Options>(
  part: NetworkPart<DmimTypes, Options>,
  options: object,
  { sizes, clusters, random }: { sizes: readonly number[]; clusters: number; random: RandomSource },
): ClusteringNetwork {
  const prepared = { inputs: sizes.map((size) => ({ size }) as never), weights: sizes.map(() => 1) };
  const complete = resolved(part.options!, options) as Options;
  return part.create({ options: complete, clusters, prepared, parts: {}, random });
}

/** Samples of one modality. */
export function samplesOf(
  { rows, columns, values }: DenseMatrix<Float32Array>,
  own: Partial<DmimSamples> = {},
): DmimSamples {
  return { name: 'm', x: { shape: [rows, columns], values }, present: undefined, weight: 1, ...own };
}
