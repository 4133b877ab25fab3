import { sampleShape, type Modality } from '@crossmodal/core';
import { inputDescription, type LatentRows, type Preparation } from '@crossmodal/method';
import {
  fittedTransform,
  imagesForHog,
  kernelFitter,
  mapsRows,
  prepareModality,
  type FittedTransform,
} from '@crossmodal/transforms';
import * as z from 'zod';
import { inputOptions, type InputOptions } from './options.js';
import type { ExactTypes } from './types.js';
import { withHog } from './with-hog.js';

/** Values of a histogram of oriented gradients, whatever the size of the image. */
const HOG_SIZE = 441;

/** Features of a modality that was given, or of a histogram. */
function sizeOf(modality: { readonly shape: readonly number[] } | undefined): number {
  return modality?.shape.reduce((product, side) => product * side, 1) ?? HOG_SIZE;
}

/** Prepared rows, which say so where they are places. */
function rowsOf(
  { name }: FittedTransform,
  features: LatentRows['features'],
  present: LatentRows['present'],
): LatentRows {
  return name === 'places' ? { features, present, places: true } : { features, present };
}

/** Rows of unit length or places, of histograms of oriented gradients too where chosen. */
export const exactInputs: Preparation<ExactTypes, InputOptions> = {
  options: inputOptions,
  schema: z
    .object({ modalities: z.array(inputDescription).min(1), transforms: z.array(fittedTransform).min(1) })
    .refine(({ modalities, transforms }) => transforms.length >= modalities.length, {
      message: 'a transform for each modality',
    })
    .refine(
      ({ modalities, transforms }) =>
        transforms.every((transform, v) => mapsRows(transform, sizeOf(modalities[v]))),
      { message: 'transforms that fit their modalities' },
    ),
  async fit(modalities, { options, pause }) {
    const hog = options.hog === 'auto' ? imagesForHog(modalities) : options.hog;
    const raw = withHog(modalities, hog);
    const transforms: FittedTransform[] = [];
    const samples: ExactTypes['samples'][number][] = [];
    for (const [v, modality] of raw.entries()) {
      await pause('features', v, raw.length);
      const { transform, features, present } = prepareModality(modality, { fit: kernelFitter(modality) });
      transforms.push(transform);
      samples.push(rowsOf(transform, features, present));
    }
    const described = modalities.map((modality) => ({ name: modality.name, shape: sampleShape(modality) }));
    return {
      prepared: { modalities: described, transforms },
      samples,
      structure: undefined,
      options: { hog },
    };
  },
  apply: ({ transforms }, modalities: readonly Modality[], { hog }) =>
    // A fit that chose for itself says so in its options.
    withHog(modalities, hog === 'auto' ? [] : hog).map(({ features, present }, v) =>
      rowsOf(transforms[v]!, transforms[v]!.apply(features, present), present),
    ),
  inputs: ({ modalities }) => modalities,
};
