import { rotateTransforms } from '@crossmodal/alignment';
import { presenceOf, type Modality } from '@crossmodal/core';
import { frontEndFeatures } from '@crossmodal/encoders';
import type { Preparation, PreparationContext, ResolvedOptions } from '@crossmodal/method';
import { weighByNeighbours } from '@crossmodal/self-expressive';
import { fitHalfWhitening, unitMeanSquare } from '@crossmodal/transforms';
import { defaultInputOptions } from '../options.js';
import type { DmimTypes } from '../types.js';
import {
  appliedInputs,
  centred,
  componentCount,
  fittedInput,
  preparedData,
  type FittedInput,
} from './dmim-input.js';

type Options = ResolvedOptions<typeof defaultInputOptions>;

/** Features of untrained filters, half whitened; weights of modalities by the neighbours that they share; a rotation onto the one of largest weight. */
export const defaultInputs: Preparation<DmimTypes, Options> = {
  ...appliedInputs,
  options: defaultInputOptions,
  unused: [{ when: { reduction: 'pad' }, options: ['width', 'align'] }],
  async fit(modalities, context) {
    const { options, clusters, random, signal, pause } = context;
    const { neighbours: asked, reduction, align } = options;
    await pause('prepare', 0, 2);
    const fitted = await fitDefaultInputs(modalities, { options, random: random.fork('inputs'), signal });
    await pause('prepare', 1, 2);
    const { weights, neighbours } = await weighByNeighbours(
      fitted.map(({ features }, v) => ({ features, present: presenceOf(modalities[v]!) })),
      { clusters, neighbours: asked, signal },
    );
    // Otherwise information is as large when two modalities have pairs of clusters exchanged, and their mean is wrong.
    const reference = weights.modalities.indexOf(Math.max(...weights.modalities));
    const aligned = reduction === 'pca' && align ? rotateTransforms(fitted, reference) : fitted;
    await pause('prepare', 2, 2);
    return preparedData(modalities, aligned, weights, neighbours);
  },
};

/** Decides from the rows that are present how each modality comes to the encoder. */
export async function fitDefaultInputs(
  modalities: readonly Modality[],
  { options, random, signal }: Pick<PreparationContext<Options>, 'options' | 'random' | 'signal'>,
): Promise<FittedInput[]> {
  const { reduction, width, filters, kernelSize, cells } = options;
  const fitted: FittedInput[] = [];
  for (const [v, modality] of modalities.entries()) {
    const own = random.fork(`modality ${v}`);
    const first =
      modality.kind === 'images'
        ? await frontEndFeatures(modality, { filters, kernelSize, cells, random: own, signal })
        : undefined;
    const features = first?.features ?? modality.features;
    const present = presenceOf(modality);
    const reduced =
      reduction === 'pad'
        ? centred(features, present)
        : fitHalfWhitening(features, {
            components: componentCount(features, width, present),
            random: own.fork('pca'),
            present,
          });
    fitted.push(fittedInput(modality, reduced, unitMeanSquare(reduced.features, { present }), first));
  }
  return fitted;
}
