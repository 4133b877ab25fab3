import { expect, test } from 'vitest';
import { lloyd } from './lloyd.js';

const points = new Float64Array([0, 0.1, 0.2, 5, 5.1, 9]);

test('each empty cluster takes the point farthest from its centre', () => {
  const found = lloyd(points, 6, 1, new Float64Array([0.1, 100, 200]), 3, 1, 0, undefined);
  // All are nearest to the first centre; 9 goes to the first empty cluster, 5.1 to the second.
  expect([...found.labels]).toEqual([0, 0, 0, 2, 2, 1]);
  expect(found.iterations).toBe(1);
});

test('with fewer distinct points than clusters some stay empty, and keep their centres', () => {
  const found = lloyd(
    new Float64Array([1, 1, 3, 3]),
    4,
    1,
    new Float64Array([1, 3, 7]),
    3,
    300,
    0,
    undefined,
  );
  expect([...found.labels]).toEqual([0, 0, 1, 1]);
  expect([...found.centroids]).toEqual([1, 3, 7]);
  expect(found.inertia).toBe(0);
});

test('points that are infinitely far from every centre go to the first', () => {
  const huge = new Float64Array([1e200, -1e200, 0, 5e199]);
  const found = lloyd(huge, 4, 1, new Float64Array([1e200, -1e200]), 2, 10, 0, undefined);
  expect([...found.labels]).toEqual([0, 1, 0, 0]);
  expect(found.inertia).toBe(Infinity);
});

test('a cluster is not emptied to fill another', () => {
  // The farthest point is alone with its centre.
  const found = lloyd(
    new Float64Array([0, 0, 1, 50]),
    4,
    1,
    new Float64Array([0.2, 20, 99]),
    3,
    300,
    0,
    undefined,
  );
  expect([...found.labels]).toEqual([0, 0, 2, 1]);
  expect([...found.centroids]).toEqual([0, 50, 1]);
});
