/** Values that share so many leading bits fall into one bin. */
const BINS = 1 << 16;

/**
 * The value of rank `rank` (0-based, ascending) among numbers of 0 or more: two counts over the halves of their bit patterns, which
 * rise with the values. Reads the values twice and changes nothing.
 */
export function selectRank(values: Float32Array, rank: number): number {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const counts = new Uint32Array(BINS);
  for (let p = 0; p < bits.length; p++) counts[bits[p]! >>> 16]!++;
  const high = binOf(counts, rank);
  counts.fill(0);
  for (let p = 0; p < bits.length; p++) if (bits[p]! >>> 16 === high.bin) counts[bits[p]! & (BINS - 1)]!++;
  const low = binOf(counts, rank - high.before);
  return new Float32Array(Uint32Array.of(high.bin * BINS + low.bin).buffer)[0]!;
}

/** The bin in which a rank falls, and how many come in the bins before it. */
function binOf(counts: Uint32Array, rank: number): { bin: number; before: number } {
  let before = 0;
  let bin = 0;
  while (bin < BINS - 1 && before + counts[bin]! <= rank) before += counts[bin++]!;
  return { bin, before };
}
