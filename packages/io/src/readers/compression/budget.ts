import { unsupportedError } from '../format-error.js';

/** Bytes that decompression of a file may still give, shared by all that is read of it. */
export class Budget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  get left(): number {
    return this.#left;
  }

  /**
   * Takes bytes off.
   *
   * @throws CrossmodalError `unsupported` when fewer are left.
   */
  spend(bytes: number, where: string): void {
    if (bytes > this.#left) throw overBudget(where, this.#left);
    this.#left -= bytes;
  }
}

/** The error for a file that grows beyond what it may. */
export function overBudget(where: string, limit: number): ReturnType<typeof unsupportedError> {
  return unsupportedError(
    where,
    `at most ${limit} bytes after decompression`,
    'more',
    'Raise maximumBytes if the file is to be trusted.',
  );
}
