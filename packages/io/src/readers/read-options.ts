/** What every reader takes. */
export interface ReadOptions {
  /** Bytes that decompression may give in total; a file that grows beyond is refused. @defaultValue 1 GiB */
  readonly maximumBytes?: number;
  /** Name of the source in messages. @defaultValue the reader's name */
  readonly where?: string;
}

/** Default of {@link ReadOptions.maximumBytes}: room for 70,000 images of 28 x 28 doubles, twice. */
export const MAXIMUM_BYTES = 2 ** 30;
