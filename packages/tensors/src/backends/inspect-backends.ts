import { randomSource } from '@crossmodal/core';
import { backendCandidates } from '#runtime';
import { seededUniform } from '../seeded-uniform.js';
import { tf } from '../tf.js';
import { activate, isNotInstalled } from './activate.js';
import type { BackendCandidate, BackendDetails, BackendName } from './backend-candidate.js';
import { reasonOf } from './use-backend.js';

/** What {@link inspectBackends} found out about one backend. */
export interface BackendReport {
  readonly name: BackendName;
  /** npm package that brings it; `@tensorflow/tfjs` for the one that is built in. */
  readonly packageName: string;
  /** Whether its package can be found. */
  readonly installed: boolean;
  /** Whether it starts and multiplies. */
  readonly usable: boolean;
  /** Whether `useBackend('auto')` takes it. */
  readonly picked: boolean;
  /** Why it is picked, or why it is not. */
  readonly reason: string;
  /** Measured speed of a float32 matrix product, in 10^9 operations a second, where usable. */
  readonly gflops?: number;
  /** What it says of itself, where it has something to say and its package is there. */
  readonly details?: BackendDetails;
}

/** Side of the measured product: small enough for well under half a second on the slowest. */
const PROBE_SIDE: Readonly<Record<BackendName, number>> = {
  'tensorflow-gpu': 1024,
  tensorflow: 768,
  onnx: 768,
  webgpu: 768,
  wasm: 384,
  webgl: 384,
  cpu: 128,
};

/**
 * Tries every backend: is it installed, does it start, how fast does it multiply, and is it the one `auto` takes.
 * The active backend is the same before and after; where none was active yet, it is the one that `auto` takes.
 *
 * @returns one report a backend, in the order in which `auto` tries them
 */
export async function inspectBackends(): Promise<BackendReport[]> {
  // Undefined until something has run in this process.
  const active = tf.getBackend() as string | undefined;
  const reports: BackendReport[] = [];
  let picked: BackendName | undefined;
  try {
    for (const candidate of backendCandidates) {
      const { name, packageName = '@tensorflow/tfjs' } = candidate;
      const named = { name, packageName };
      try {
        await activate(candidate, {});
        const gflops = await measureProduct(PROBE_SIDE[name]);
        const isPicked = picked === undefined;
        const reason = isPicked ? 'the first that works' : `works, and ${picked} is tried before it`;
        picked ??= name;
        const details = await detailsOf(candidate);
        reports.push({
          ...named,
          installed: true,
          usable: true,
          picked: isPicked,
          reason,
          gflops,
          ...details,
        });
      } catch (error) {
        const installed = !isNotInstalled(error, candidate.packageName);
        const reason = reasonOf(candidate, error);
        const details = installed ? await detailsOf(candidate) : {};
        reports.push({ ...named, installed, usable: false, picked: false, reason, ...details });
      }
    }
  } finally {
    await tf.setBackend(active ?? picked ?? 'cpu');
  }
  return reports;
}

async function detailsOf({ describe }: BackendCandidate): Promise<{ details?: BackendDetails }> {
  return describe === undefined ? {} : { details: await describe() };
}

/** Speed of a `[side, side]` float32 product on the active backend: the best of a few runs after one that warms up. */
async function measureProduct(side: number): Promise<number> {
  const random = randomSource(1);
  const a = seededUniform([side, side], random) as tf.Tensor2D;
  const b = seededUniform([side, side], random) as tf.Tensor2D;
  let best = Infinity;
  try {
    const begin = performance.now();
    for (let run = 0; run < 8; run++) {
      const start = performance.now();
      const product = tf.matMul(a, b);
      await product.data();
      product.dispose();
      const now = performance.now();
      if (run > 0) best = Math.min(best, now - start);
      if (run > 0 && now - begin > 200) break;
    }
  } finally {
    tf.dispose([a, b]);
  }
  return (2 * side ** 3) / (best * 1e6);
}
