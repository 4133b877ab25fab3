import { createDmsc, loadDmsc } from '@crossmodal/dmsc';
import { mlp, type EncoderPart } from '@crossmodal/encoders';

const wide: EncoderPart = {
  name: 'wide',
  create: ({ shape: [inputSize], random }) =>
    mlp({ inputSize: inputSize!, layers: [{ units: 48 }, { units: 24 }], random }),
};
export const create = () => createDmsc({ encoders: [wide, wide] });
export const load = (directory: string) => loadDmsc(directory, { parts: [wide] });
