import { createDmim, loadDmim } from '@crossmodal/dmim';
import { kMeansReadout } from '@crossmodal/method';

const readout = kMeansReadout();
export const create = () => createDmim({ readout });
export const load = (directory: string) => loadDmim(directory, { parts: [readout] });
