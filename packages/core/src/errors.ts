/** What kind of thing went wrong, for callers that branch on it. */
export type ErrorCode =
  | 'shape'
  | 'value'
  | 'option'
  | 'format'
  | 'not-found'
  | 'unsupported'
  | 'backend'
  | 'diverged'
  | 'state'
  | 'aborted';

/** The parts of a {@link CrossmodalError}; together they make its one-sentence message. */
export interface ErrorDetails {
  /** Machine-readable kind. */
  readonly code: ErrorCode;
  /** The public function or option that refused. */
  readonly where: string;
  /** What it expected, shapes included. */
  readonly expected: string;
  /** What came instead. */
  readonly received: string;
  /** What the caller can do next. */
  readonly advice?: string;
  /** The error underneath, when there is one. */
  readonly cause?: unknown;
}

/**
 * The error every public function throws on bad input: what was expected, what came, and what to do.
 *
 * @example
 * ```ts
 * const error = new CrossmodalError({ code: 'shape', where: 'accuracy', expected: '10 labels', received: '9 labels' });
 * error.message; // 'accuracy: expected 10 labels, got 9 labels.'
 * ```
 */
export class CrossmodalError extends Error {
  override readonly name = 'CrossmodalError';
  readonly code: ErrorCode;
  readonly where: string;
  readonly expected: string;
  readonly received: string;
  readonly advice: string | undefined;

  constructor(details: ErrorDetails) {
    const { code, where, expected, received, advice, cause } = details;
    const tail = advice === undefined ? '' : ` ${advice}`;
    super(
      `${where}: expected ${expected}, got ${received}.${tail}`,
      cause === undefined ? undefined : { cause },
    );
    this.code = code;
    this.where = where;
    this.expected = expected;
    this.received = received;
    this.advice = advice;
  }
}

/** Whether a value is a {@link CrossmodalError}, optionally of one code; safe across duplicated packages. */
export function isCrossmodalError(value: unknown, code?: ErrorCode): value is CrossmodalError {
  return (
    value instanceof Error &&
    value.name === 'CrossmodalError' &&
    (code === undefined || (value as CrossmodalError).code === code)
  );
}

/**
 * Throws a {@link CrossmodalError} with code `aborted` when the signal has fired.
 *
 * @throws CrossmodalError `aborted`
 */
export function throwIfAborted(signal: AbortSignal | undefined, where: string): void {
  if (signal?.aborted) {
    throw new CrossmodalError({
      code: 'aborted',
      where,
      expected: 'to run to its end',
      received: 'an abort signal',
      cause: signal.reason,
    });
  }
}
