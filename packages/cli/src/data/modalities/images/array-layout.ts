import { usageError } from '../../../errors/usage-error.js';
import type { Warning } from '../../../warnings.js';
import type { ModalitySpec } from '../../grammar/modality-spec.js';
import { imageAxes, type ImageAxes } from './image-axes.js';
import type { StoredFeatures } from '../stored-features.js';

/** An array as far as its shape goes. */
export interface ArrayShape {
  /** Size along each axis, rows first; sparse matrices have none that could be those of images. */
  readonly shape?: readonly number[];
  /** What it is, in a few words. */
  readonly description: string;
}

/**
 * What the shape of an array and the keys of its modality say of its rows: whether they are images, and how that was found.
 *
 * @throws CrossmodalError `option` when axes are named of what has no channels.
 */
export function arrayLayout(
  spec: ModalitySpec,
  name: string,
  { shape, description }: ArrayShape,
): Pick<StoredFeatures, 'image' | 'readAs' | 'warnings'> {
  const image = shape === undefined ? undefined : imageAxes(spec, shape);
  if (spec.axes !== undefined && spec.image === undefined && shape?.length !== 4) {
    throw usageError(`modality '${name}' key 'axes'`, 'an array of four axes, or image=HxWxC', description);
  }
  return {
    ...(image === undefined ? {} : { image }),
    readAs: readAs(spec, description, image),
    warnings:
      image?.isGuess === true && spec.image === undefined ? [axesWarning(name, description, image)] : [],
  };
}

function readAs(spec: ModalitySpec, description: string, image: ImageAxes | undefined): string {
  const array = `${description}${spec.transpose ? ', transposed' : ''}`;
  if (image === undefined) return array;
  const orders = { row: 'channels last', planes: 'channels first', column: 'in column order' };
  return image.channels === 1 && image.order === 'row'
    ? `${array}, images`
    : `${array}, images, ${orders[image.order]}`;
}

function axesWarning(name: string, description: string, { height, width, channels }: ImageAxes): Warning {
  return {
    code: 'axes',
    message:
      `modality '${name}' is ${description}, read with its channels first, as ${height}x${width} images of ` +
      `${channels} ${channels === 1 ? 'channel' : 'channels'}; axes=nhwc reads it otherwise, axes=nchw says that this is right.`,
  };
}
