import { squaredDistance } from '@crossmodal/linalg';

/**
 * The rows nearest to each row, itself left out, by all pairs; of equally near ones the smaller numbers.
 *
 * @param points - row-major `[n, d]`
 * @param count - neighbours, `1..n-1`
 * @returns row-major `[n, count]`, nearest first
 */
export function nearestRows(points: Float64Array, d: number, count: number): Int32Array {
  const n = points.length / d;
  const nearest = new Int32Array(n * count);
  const distances = new Float64Array(count);
  for (let i = 0; i < n; i++) {
    const own = nearest.subarray(i * count, (i + 1) * count);
    distances.fill(Infinity);
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const distance = squaredDistance(points, i, points, j, d);
      let place = count;
      while (place > 0 && distance < distances[place - 1]!) place--;
      if (place === count) continue;
      distances.copyWithin(place + 1, place, count - 1);
      own.copyWithin(place + 1, place, count - 1);
      distances[place] = distance;
      own[place] = j;
    }
  }
  return nearest;
}
