import { describe, expect, test } from 'vitest';
import { imageAxes } from './image-axes.js';

describe('axes of an array of images', () => {
  test.each([
    [[9, 3, 12, 12], '12x12x3 planes'],
    [[9, 1, 28, 28], '28x28x1 planes'],
    [[9, 4, 20, 30], '20x30x4 planes'],
    [[9, 12, 12, 3], '12x12x3 row'],
    [[9, 12, 12, 1], '12x12x1 row'],
    // Either could be: the documented order holds.
    [[9, 3, 12, 3], '3x12x3 row'],
    [[9, 12, 12, 12], '12x12x12 row'],
    [[9, 12, 10], '12x10x1 row'],
  ])('%j without a key is read as %s', (shape, wanted) => {
    const { height, width, channels, order } = imageAxes({ order: 'row' }, shape)!;
    expect(`${height}x${width}x${channels} ${order}`).toBe(wanted);
  });

  test('a guess is marked as one, and a key settles it', () => {
    const shape = [9, 3, 12, 14];
    expect(imageAxes({ order: 'row' }, shape)).toMatchObject({ isGuess: true, channels: 3 });
    expect(imageAxes({ order: 'row', axes: 'nchw' }, shape)).toEqual({
      height: 12,
      width: 14,
      channels: 3,
      order: 'planes',
    });
    expect(imageAxes({ order: 'row', axes: 'nhwc' }, shape)).toEqual({
      height: 3,
      width: 12,
      channels: 14,
      order: 'row',
    });
    expect(imageAxes({ order: 'column' }, [9, 3, 14, 12])).toMatchObject({
      height: 12,
      width: 14,
      channels: 3,
    });
  });

  test.each([[[9, 5]], [[9]], [[9, 2, 2, 2, 2]]])('%j are no images', (shape) => {
    expect(imageAxes({ order: 'row' }, shape)).toBeUndefined();
  });
});
