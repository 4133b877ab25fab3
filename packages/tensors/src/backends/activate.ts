import { CrossmodalError } from '@crossmodal/core';
import { tf } from '../tf.js';
import type { BackendCandidate, BackendOptions } from './backend-candidate.js';

/** Loads a candidate and makes it TensorFlow.js's active backend; the rejection says why it cannot be. */
export async function activate(candidate: BackendCandidate, options: BackendOptions): Promise<void> {
  await candidate.load(options);
  // setBackend answers false, and warns, when a backend fails to start.
  if (!(await tf.setBackend(candidate.registeredName))) {
    throw new CrossmodalError({
      code: 'backend',
      where: `backend '${candidate.name}'`,
      expected: 'a backend that starts',
      received: 'one that is installed and does not',
    });
  }
  await tf.ready();
}

/** Whether a failed import means that the package itself is not there, rather than that it is broken. */
export function isNotInstalled(error: unknown, packageName: string | undefined): boolean {
  if (packageName === undefined || !(error instanceof Error)) return false;
  const code = (error as Error & { code?: unknown }).code;
  const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  return (
    (missing || /Cannot find (package|module)/.test(error.message)) &&
    error.message.includes(`'${packageName}'`)
  );
}
