/** Where text goes. */
export interface TextSink {
  write(text: string): unknown;
  /** Whether a person watches it, so that a line may be drawn over. @defaultValue false */
  readonly isTTY?: boolean;
  /** Width in characters, when it is known. */
  readonly columns?: number;
}

/** Everything the command touches of the process around it, so that a test can stand in for the process. */
export interface Io {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** All of standard input, where there is one. */
  readonly stdin?: () => Promise<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Stops the work; the command then ends with exit code 130. */
  readonly signal: AbortSignal;
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
  /**
   * Told which directory will be written before anything is made for it, so that what is beside it can be removed should the process be
   * killed; `undefined` when nothing is left to remove.
   */
  readonly onStaging?: (directory: string | undefined) => void;
}
