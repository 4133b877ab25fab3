import { denseMatrix, images } from '@crossmodal/core';
import { expect, test } from 'vitest';
import { imageStrip, STRIP_GAP, valueRange } from './image-strip.js';

test('grey images are scaled from the lowest value to the highest, a gap apart', () => {
  const modality = images('x', denseMatrix(Float32Array.of(-1, 1, 0, 1), 2, 2), { height: 1, width: 2 });
  expect(valueRange(modality)).toEqual([-1, 1]);
  const strip = imageStrip(modality, [1, 0], valueRange(modality));
  expect([strip.width, strip.height]).toEqual([4 + STRIP_GAP, 1]);
  expect([...strip.rgba.subarray(0, 8)]).toEqual([128, 128, 128, 255, 255, 255, 255, 255]);
  expect([...strip.rgba.subarray(8, 8 + 4 * STRIP_GAP)]).toEqual(new Array(4 * STRIP_GAP).fill(0));
  expect(strip.rgba[8 + 4 * STRIP_GAP]).toBe(0);
});

test('three channels are red, green and blue', () => {
  const modality = images('x', denseMatrix(Float32Array.of(0, 0.2, 1), 1, 3), {
    height: 1,
    width: 1,
    channels: 3,
  });
  expect([...imageStrip(modality, [0], [0, 1]).rgba]).toEqual([0, 51, 255, 255]);
});

test('no objects, and objects that are not there, are refused', () => {
  const modality = images('x', denseMatrix(new Float32Array(4), 1, 4), { height: 2, width: 2 });
  for (const bad of [[], [1], [-1]]) {
    expect(() => imageStrip(modality, bad, [0, 1])).toThrow(expect.objectContaining({ code: 'value' }));
  }
});
