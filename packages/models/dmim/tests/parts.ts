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

/** Options that mean nothing beside a value of another, and are refused there. */
const IDLE = [
  { when: { overclustering: false }, options: ['start', 'restarts', 'walk', 'overclusteringFactor'] },
  { when: { preset: 'paper', uniform: 'none' }, options: ['targetWeight', 'refreshEvery', 'targetPower'] },
  { when: { superfluous: 'none' }, options: ['superfluousWeight'] },
  { when: { reduction: 'pad' }, options: ['width', 'align'] },
];

/** Options without those that would be refused beside the others. */
export function meaningful<Options extends object>(options: Options): Options {
  const all = options as Readonly<Record<string, unknown>>;
  const idle = IDLE.filter(({ when }) => Object.entries(when).every(([name, value]) => all[name] === value));
  const gone = new Set(idle.flatMap(({ options: names }) => names));
  return Object.fromEntries(Object.entries(all).filter(([name]) => !gone.has(name))) as Options;
}
