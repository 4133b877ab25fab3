import { applyFeatureMap } from '@crossmodal/encoders';
import { fitNetworkInput } from '@crossmodal/transforms';
import { featureInputs } from '../feature-inputs.js';

/** Images in [0, 1], vectors of unit variance, all as vectors. */
export const paperInputs = featureInputs({
  async fitModality(modality, { signal }) {
    const map = { frontEnd: { input: fitNetworkInput(modality, 'unit') } };
    return { map, features: await applyFeatureMap(map, modality, signal) };
  },
});
