/** The power of n with which seconds grow: the slope of the line of least squares through their logarithms. */
export function growthExponent(points: readonly (readonly [n: number, seconds: number])[]): number {
  const logs = points.map(([n, seconds]) => [Math.log(n), Math.log(seconds)] as const);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(logs.map(([a]) => a)), mean(logs.map(([, b]) => b))];
  const products = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return products / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
