/** Side of the tiles: columns of a large matrix miss the cache, those of a tile do not. */
const TILE = 32;

/** Copies the upper half of row-major values `[n, n]` over the lower one. */
export function mirrorUpper(values: Float32Array, n: number): void {
  for (let top = 0; top < n; top += TILE) {
    for (let left = 0; left <= top; left += TILE) {
      for (let i = top; i < Math.min(top + TILE, n); i++) {
        const end = Math.min(left + TILE, i);
        for (let j = left; j < end; j++) values[i * n + j] = values[j * n + i]!;
      }
    }
  }
}
