import { activation, type ActivationName } from './activation.js';
import { disposeOnError } from './dispose-on-error.js';
import type { Layer } from './layer.js';
import { batchNorm } from './normalisation/batch-norm.js';

/** Where batch normalisation stands in a block; `true` means before the activation, `false` none. */
export type BatchNormPlace = boolean | 'beforeActivation' | 'afterActivation';

/** What follows the linear part of every block. */
export interface BlockOptions {
  /** @defaultValue 'relu' */
  readonly activation?: ActivationName;
  /** @defaultValue false */
  readonly batchNorm?: BatchNormPlace;
}

/** Whether the linear part needs a bias: batch normalisation right after it would take any bias away again. */
export function needsBias({ batchNorm: place = false }: BlockOptions): boolean {
  return place === false || place === 'afterActivation';
}

/** Puts activation and batch normalisation behind a linear layer, in the order the options ask for; frees it when they are wrong. */
export function block(linear: Layer, options: BlockOptions): Layer[] {
  const { activation: name = 'relu', batchNorm: place = false } = options;
  const shape = linear.outputShape;
  return disposeOnError((layers: Layer[]) => {
    layers.push(linear);
    if (place === true || place === 'beforeActivation') layers.push(batchNorm({ inputShape: shape }));
    if (name !== 'linear') layers.push(activation(name, shape));
    if (place === 'afterActivation') layers.push(batchNorm({ inputShape: shape }));
    return layers;
  });
}
