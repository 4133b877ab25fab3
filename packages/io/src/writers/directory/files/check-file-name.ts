import { CrossmodalError } from '@crossmodal/core';

/** Whether a relative path with `/` between folders stays inside the directory that it is joined to. */
export function isFileName(name: string): boolean {
  return name
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\\'));
}

/**
 * Refuses a file name that leaves its directory.
 *
 * @throws CrossmodalError `option` naming it.
 */
export function checkFileName(where: string, name: string): void {
  if (isFileName(name)) return;
  throw new CrossmodalError({
    code: 'option',
    where,
    expected: 'file names inside the directory',
    received: `'${name}'`,
  });
}
