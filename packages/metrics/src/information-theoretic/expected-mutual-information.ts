/**
 * Mean mutual information, in nats, of two random partitions with the given part sizes (hypergeometric model):
 * E = Σ_ab Σ_m (m/n) ln(n m / (a b)) · a! b! (n−a)! (n−b)! / (n! m! (a−m)! (b−m)! (n−a−b+m)!).
 * Equal sizes are summed once, with their multiplicity: at most √(2n) sizes are distinct.
 *
 * @see Vinh, Epps and Bailey, Information theoretic measures for clusterings comparison, 2010, eq. 24a
 */
export function expectedMutualInformation(
  classSizes: Float64Array,
  clusterSizes: Float64Array,
  n: number,
): number {
  const logFactorial = logFactorials(n);
  let sum = 0;
  for (const [a, timesA] of multiplicities(classSizes)) {
    for (const [b, timesB] of multiplicities(clusterSizes)) {
      const fixed =
        logFactorial[a]! + logFactorial[b]! + logFactorial[n - a]! + logFactorial[n - b]! - logFactorial[n]!;
      let inner = 0;
      for (let m = Math.max(1, a + b - n); m <= Math.min(a, b); m++) {
        const logChance =
          fixed -
          logFactorial[m]! -
          logFactorial[a - m]! -
          logFactorial[b - m]! -
          logFactorial[n - a - b + m]!;
        inner += (m / n) * Math.log(m / ((a / n) * b)) * Math.exp(logChance);
      }
      sum += timesA * timesB * inner;
    }
  }
  return sum;
}

function multiplicities(sizes: Float64Array): Map<number, number> {
  const times = new Map<number, number>();
  for (const size of sizes) times.set(size, (times.get(size) ?? 0) + 1);
  return times;
}

/** ln(i!) for i = 0..n; compensated, because the chances are exponentials of differences of sums of size n ln n. */
function logFactorials(n: number): Float64Array {
  const table = new Float64Array(n + 1);
  let sum = 0;
  let lost = 0;
  for (let i = 2; i <= n; i++) {
    const term = Math.log(i) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
    table[i] = sum;
  }
  return table;
}
