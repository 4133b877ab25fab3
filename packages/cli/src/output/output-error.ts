/** Something that could not be written after the work was done: the results of `--out`, or what goes to stdout. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}
