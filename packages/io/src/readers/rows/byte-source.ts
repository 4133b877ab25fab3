/** The bytes of a file, read from its start or from any place, piece after piece. */
export interface ByteSource {
  /**
   * Gives the next bytes, fewer only at the end of the file, in memory of their own.
   *
   * @param length - how many
   */
  take(length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Moves over bytes. */
  skip(length: number): Promise<void>;
  /** Closes the file; nothing can be taken any more. */
  close(): Promise<void>;
}
