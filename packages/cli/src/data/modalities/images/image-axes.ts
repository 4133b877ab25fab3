import type { ModalitySpec } from '../../grammar/modality-spec.js';

/** Size of one image. */
export type ImageSize = NonNullable<ModalitySpec['image']>;

/** Size of one image, and how the pixels of a row are ordered: `planes` is one channel after the other. */
export interface ImageAxes extends ImageSize {
  readonly order: 'row' | 'column' | 'planes';
  /** Whether the channels were found first by their number alone. */
  readonly isGuess?: true;
}

/** Channels that images have: grey, grey with opacity, colour, colour with opacity. */
const CHANNELS = [1, 2, 3, 4];

/**
 * Size of one image when the array itself says so: `[n, height, width]`, `[n, height, width, channels]`, or
 * `[n, channels, height, width]` where the key `axes` says so or only that makes sense: the first axis could count channels and the last
 * could not.
 */
export function imageAxes(
  { order, axes }: Pick<ModalitySpec, 'order' | 'axes'>,
  shape: readonly number[],
): ImageAxes | undefined {
  if (shape.length < 3 || shape.length > 4) return undefined;
  const [, a = 1, b = 1, c = 1] = shape;
  if (order === 'column') {
    // Column order comes with the axes reversed: [n, width, height] or [n, channels, width, height].
    return shape.length === 3
      ? { height: b, width: a, channels: 1, order }
      : { height: c, width: b, channels: a, order };
  }
  if (shape.length === 3 || axes === 'nhwc') return { height: a, width: b, channels: c, order: 'row' };
  const planes = { height: b, width: c, channels: a, order: 'planes' } as const;
  if (axes === 'nchw') return planes;
  if (CHANNELS.includes(a) && !CHANNELS.includes(c)) return { ...planes, isGuess: true };
  return { height: a, width: b, channels: c, order: 'row' };
}
