import { applyFrontEnd } from '@crossmodal/encoders';
import { fitNetworkInput } from '@crossmodal/transforms';
import { featureInputs } from '../inputs/feature-inputs.js';
import { scaledModalities } from '../inputs/prepared-modality.js';

/** Images in [0, 1], vectors of unit variance, all as vectors. */
export const paperInputs = featureInputs({
  schema: scaledModalities,
  async fitModality(modality, { signal }) {
    const frontEnd = { input: fitNetworkInput(modality, 'unit') };
    return { prepared: { frontEnd }, features: await applyFrontEnd(frontEnd, modality, signal) };
  },
});
