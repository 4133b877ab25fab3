import type { TextSink } from '../io.js';
import type { Writable } from 'node:stream';

/** A {@link TextSink} on a stream that may break: the reader of a pipe leaves, or a disk is full. */
export interface GuardedSink extends TextSink {
  /** Waits until all is written, and gives the first error there was. */
  end(): Promise<Error | undefined>;
}

/** Guards a stream: what cannot be written is remembered, and ends nothing. */
export function guardedSink(
  stream: Writable & { readonly isTTY?: boolean; readonly columns?: number },
): GuardedSink {
  let failure: Error | undefined;
  const fail = (error: Error) => {
    failure ??= error;
  };
  stream.on('error', fail);
  const write = (text: string, done?: () => void) => {
    try {
      stream.write(text, (error) => {
        if (error) fail(error);
        done?.();
      });
    } catch (error) {
      // Files are written at once, and fail at once.
      fail(error instanceof Error ? error : new Error(String(error)));
      done?.();
    }
  };
  return {
    write: (text) => {
      if (failure === undefined) write(text);
    },
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns ?? 0;
    },
    async end() {
      if (failure === undefined) await new Promise<void>((done) => write('', done));
      return failure;
    },
  };
}
