import type { CrossmodalError } from '@crossmodal/core';
import { usageError } from '../../../errors/usage-error.js';
import type { ModalitySpec } from '../../grammar/modality-spec.js';
import type { ImageAxes } from './image-axes.js';
import type { StoredFeatures } from '../stored-features.js';

/** Size and order of the images that the rows are, where they are images. */
export function layoutOf(
  where: string,
  spec: ModalitySpec,
  { image, columns }: Pick<StoredFeatures, 'image'> & { readonly columns: number },
): ImageAxes | undefined {
  const { height, width, channels } = spec.image ?? image ?? {};
  if (height === undefined || width === undefined || channels === undefined) {
    if (spec.order === 'column') throw imagesNeeded(`${where} key 'order'`);
    if (spec.axes !== undefined) throw imagesNeeded(`${where} key 'axes'`);
    return undefined;
  }
  const size = height * width * channels;
  if (size !== columns) {
    throw usageError(
      `${where} key 'image'`,
      `${columns} values per row, as the file has`,
      `${height}x${width}${channels === 1 ? '' : `x${channels}`}, which are ${size}`,
    );
  }
  // The order that the array's own axes suggest is that of images of the size that they suggest.
  const isAsStored = image?.height === height && image.width === width && image.channels === channels;
  const stored = isAsStored ? image.order : spec.order;
  const order = spec.axes === 'nchw' ? 'planes' : spec.axes === 'nhwc' ? 'row' : stored;
  return { height, width, channels, order };
}

/** The error for a key of images beside vectors. */
export function imagesNeeded(where: string): CrossmodalError {
  return usageError(where, 'images', 'vectors', 'Give the size of one image, image=HxW.');
}

/** What a file was taken for, where the key `axes` says more of it than the array does. */
export function readAsWithAxes(
  { axes }: Pick<ModalitySpec, 'axes'>,
  { image, readAs }: Pick<StoredFeatures, 'image' | 'readAs'>,
): string {
  return axes === 'nchw' && image === undefined ? `${readAs}, channels first` : readAs;
}
