import { CrossmodalError } from '@crossmodal/core';
import {
  activate,
  backendCandidates,
  isNotInstalled,
  type BackendCandidate,
  type BackendName,
  type BackendOptions,
} from './backend-candidates.js';

/** The backend that {@link useBackend} made active. */
export interface BackendInfo {
  /** The backend now in use. */
  readonly name: BackendName;
  /** What was asked for. */
  readonly requested: BackendName | 'auto';
  /** Threads asked for, where given. */
  readonly threads?: number;
  /** Faster backends that `auto` passed over, each with the reason; empty when one was named. */
  readonly passedOver: readonly { readonly name: BackendName; readonly reason: string }[];
}

/**
 * Chooses the TensorFlow.js backend on which everything runs from now on.
 *
 * `auto` takes the first that works of `tensorflow-gpu`, `tensorflow`, `onnx`, `wasm`, `cpu`. A backend that is named is
 * used or refused: there is no fallback. `threads` reaches `onnx` and `tensorflow` when they are first loaded, and stays for the
 * life of the process; `wasm` and `cpu` run on one thread in Node.
 *
 * @throws CrossmodalError `option` for an unknown name or thread count; `backend`, with the way to install it, when a named
 * backend is absent or does not start.
 * @example
 * ```ts
 * const { name } = await useBackend('auto');
 * ```
 */
export async function useBackend(
  name: BackendName | 'auto' = 'auto',
  options: BackendOptions = {},
): Promise<BackendInfo> {
  const { threads } = options;
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1)) {
    throw new CrossmodalError({
      code: 'option',
      where: "useBackend option 'threads'",
      expected: 'an integer of 1 or more',
      received: String(threads),
    });
  }
  const info = { requested: name, ...(threads === undefined ? {} : { threads }) };
  if (name !== 'auto') {
    await useNamed(name, options);
    return { name, ...info, passedOver: [] };
  }
  const passedOver: { name: BackendName; reason: string }[] = [];
  for (const candidate of backendCandidates) {
    try {
      await activate(candidate, options);
      return { name: candidate.name, ...info, passedOver };
    } catch (error) {
      passedOver.push({ name: candidate.name, reason: reasonOf(candidate, error) });
    }
  }
  throw new CrossmodalError({
    code: 'backend',
    where: 'useBackend',
    expected: 'one backend that starts',
    received: passedOver.map((entry) => `${entry.name}: ${entry.reason}`).join('; '),
  });
}

/** Why a candidate could not be activated, in a few words. */
export function reasonOf(candidate: BackendCandidate, error: unknown): string {
  if (isNotInstalled(error, candidate.packageName)) return `${candidate.packageName} is not installed`;
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]!;
}

async function useNamed(name: BackendName, options: BackendOptions): Promise<void> {
  const candidate = backendCandidates.find((entry) => entry.name === name);
  if (candidate === undefined) {
    throw new CrossmodalError({
      code: 'option',
      where: 'useBackend',
      expected: `auto, ${backendCandidates.map((entry) => entry.name).join(', ')}`,
      received: String(name),
    });
  }
  try {
    await activate(candidate, options);
  } catch (error) {
    throw new CrossmodalError({
      code: 'backend',
      where: `useBackend('${name}')`,
      expected: 'a backend that is installed and starts',
      received: reasonOf(candidate, error),
      advice:
        candidate.packageName === undefined
          ? "Use 'auto'."
          : `Install it with 'npm install ${candidate.packageName}', or use 'auto'.`,
      cause: error,
    });
  }
}
