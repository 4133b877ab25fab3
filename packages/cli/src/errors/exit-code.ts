import { isCrossmodalError, type ErrorCode } from '@crossmodal/core';
import { OutputError } from '../output/output-error.js';

/** Everything went well. */
export const SUCCESS = 0;
/** Something failed inside. */
export const INTERNAL = 1;
/** The arguments or the files given cannot be used. */
export const BAD_INPUT = 2;
/** The work was done, and its result could not be written: to `--out`, or to stdout. */
export const UNWRITTEN = 3;
/** Stopped by the user; 128 + SIGINT, as shells have it. */
export const STOPPED = 130;

const OF_CODE: Readonly<Record<ErrorCode, number>> = {
  shape: BAD_INPUT,
  value: BAD_INPUT,
  option: BAD_INPUT,
  format: BAD_INPUT,
  'not-found': BAD_INPUT,
  unsupported: BAD_INPUT,
  backend: BAD_INPUT,
  // The data or the options given made the losses overflow; the message says what to change.
  diverged: BAD_INPUT,
  state: INTERNAL,
  aborted: STOPPED,
};

/** Exit code for whatever was thrown: 2 for bad usage or input, 3 for a result that could not be written, 130 for a stop, 1 for the rest. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof OutputError) return UNWRITTEN;
  return isCrossmodalError(error) ? OF_CODE[error.code] : INTERNAL;
}
