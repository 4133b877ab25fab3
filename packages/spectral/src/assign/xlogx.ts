/** `x log x`, 0 at 0 and where rounding has left a mass below it. */
export function xlogx(x: number): number {
  return x > 0 ? x * Math.log(x) : 0;
}
