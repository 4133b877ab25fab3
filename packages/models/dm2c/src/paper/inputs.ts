import { applyFrontEnd, type FittedFeatures } from '@crossmodal/encoders';
import type { ResolvedOptions } from '@crossmodal/method';
import { fitNetworkInput } from '@crossmodal/transforms';
import { mixedInputs, type PlanContext } from '../inputs/mixed-inputs.js';
import { paperInputOptions, type commonOptions } from '../options.js';

type Context = PlanContext<ResolvedOptions<typeof commonOptions & typeof paperInputOptions>>;

/** Images in [0, 1] laid out as vectors; vectors by the signed root, unit rows, centred. All modalities take part, the first is the anchor. */
export const paperInputs = mixedInputs(paperInputOptions, async (modalities, context: Context) => {
  const fitted: FittedFeatures[] = [];
  for (const modality of modalities) {
    const frontEnd = { input: fitNetworkInput(modality, 'unit') };
    fitted.push({ frontEnd, steps: [], features: await applyFrontEnd(frontEnd, modality, context.signal) });
  }
  const { chosen: anchor = 0, options } = context;
  const informative = modalities.map((_, v) => v);
  return { fitted, anchor, informative, latentSize: options.latentSize, suits: 'k-means' as const };
});
