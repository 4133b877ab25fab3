import type { ResolvedOptions } from '@crossmodal/method';
import { fitNetworkInput } from '@crossmodal/transforms';
import { plainFeatures, type FittedFeatures } from '../inputs/feature-recipe.js';
import { mixedInputs, type PlanContext } from '../inputs/mixed-inputs.js';
import { paperInputOptions, type commonOptions } from '../options.js';

type Context = PlanContext<ResolvedOptions<typeof commonOptions & typeof paperInputOptions>>;

/** Images in [0, 1] laid out as vectors; vectors by the signed root, unit rows, centred. All modalities take part, the first is the anchor. */
export const paperInputs = mixedInputs(
  paperInputOptions,
  async (modalities, { options, chosen = 0, signal }: Context) => {
    const fitted: FittedFeatures[] = [];
    for (const modality of modalities)
      fitted.push(await plainFeatures({ input: fitNetworkInput(modality, 'unit') }, modality, signal));
    const { latentSize } = options;
    return {
      fitted,
      anchor: chosen,
      informative: modalities.map((_, v) => v),
      latentSize,
      suits: 'k-means' as const,
    };
  },
);
