import { CrossmodalError } from '@crossmodal/core';

/** Refuses: a browser has no directories. */
export function writeModelFiles(): never {
  return refuse('save', 'Use toBytes(), and keep the bytes where the page can.');
}

/** Refuses: a browser has no directories. */
export function readModelFiles(): never {
  return refuse('load', 'Give load the bytes that toBytes() made, in place of a directory.');
}

function refuse(where: string, advice: string): never {
  throw new CrossmodalError({
    code: 'unsupported',
    where,
    expected: 'a file system',
    received: 'a browser',
    advice,
  });
}
