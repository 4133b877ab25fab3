import { createEamc, loadEamc } from '@crossmodal/eamc';
import { mutualInformation } from '@crossmodal/losses';

export const create = () =>
  createEamc({
    terms: [
      { name: 'information', weight: -0.1, value: ({ perModality: [p, q] }) => mutualInformation(p!, q!) },
    ],
  });
export const load = loadEamc;
