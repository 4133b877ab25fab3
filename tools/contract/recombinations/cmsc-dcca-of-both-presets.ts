import { createCmscDcca, loadCmscDcca } from '@crossmodal/cmsc-dcca';

export const create = () => createCmscDcca({ network: 'paper' });
export const load = loadCmscDcca;
