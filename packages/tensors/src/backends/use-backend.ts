import { CrossmodalError } from '@crossmodal/core';
import { backendCandidates } from '#runtime';
import { activate, isNotInstalled } from './activate.js';
import type { BackendCandidate, BackendName, BackendOptions } from './backend-candidate.js';

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
 * `auto` takes the first that works: in Node of `tensorflow-gpu`, `tensorflow`, `onnx`, `wasm`, `cpu`, in a browser of `webgpu`, `wasm`, `webgl`,
 * `cpu`. A backend that is named is used or refused: there is no fallback. `threads` reaches `onnx` and `tensorflow` when they are first loaded,
 * `profile` `onnx`, and both stay for the life of the process; `wasm` and `cpu` run on one thread in Node.
 *
 * @throws CrossmodalError `option` for an unknown name or thread count, or an empty profile; `backend`, with the way to install it, when a named
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
  const { threads, profile } = options;
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1))
    refuse('threads', 'an integer of 1 or more', String(threads));
  if (profile === '') refuse('profile', 'the start of a path', 'an empty text');
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
  if (isNotInstalled(error, candidate.packageName)) {
    const cure = candidate.install === undefined ? '' : `; '${candidate.install}' installs it`;
    return `${candidate.packageName} is not installed${cure}`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0]!;
}

function refuse(option: string, expected: string, received: string): never {
  throw new CrossmodalError({ code: 'option', where: `useBackend option '${option}'`, expected, received });
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
          : `Install it with '${candidate.install ?? `npm install ${candidate.packageName}`}', or use 'auto'.`,
      cause: error,
    });
  }
}
