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
  /** Told of a directory before it is made, so that it can be removed when the process is killed; `undefined` when it is gone. */
  readonly onStaging?: (directory: string | undefined) => void;
}
