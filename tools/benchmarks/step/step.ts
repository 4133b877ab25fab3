import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { registerOnnxBackend } from '@crossmodal/backend-onnx';
import { compile, tf } from '@crossmodal/tensors';
import { median } from '../median.js';
import { dmscStep } from './dmsc-step.js';

/** Compares the compiled DMSC training step with PyTorch's: one thread each, taking turns in one run. */
const samples = Number(process.argv[2] ?? 1440);
const rounds = Number(process.argv[3] ?? 7);
const stepsARound = 2;

/** Seconds of one step: by the wall clock, and of processor time, which other programs disturb less. */
interface Seconds {
  readonly wall: number;
  readonly processor: number;
}

await registerOnnxBackend({ threads: 1 });
await tf.setBackend('onnx');
const { step, inputs } = dmscStep(samples);
const compiled = compile(step);
const script = fileURLToPath(new URL('./step.py', import.meta.url));
const plain = startPython({ OPENBLAS_CORETYPE: undefined, OPENBLAS_L2_SIZE: undefined });
// Some machines need these two to let OpenBLAS use its wide kernels; the faster of both counts.
const tuned = startPython({ OPENBLAS_CORETYPE: 'SkylakeX', OPENBLAS_L2_SIZE: '1024' });

const started = performance.now();
await compiled.run(inputs);
console.log(`first run (trace, session, step): ${((performance.now() - started) / 1000).toFixed(2)} s`);
await plain.run(1);
await tuned.run(1);

const times = { ours: [] as Seconds[], plain: [] as Seconds[], tuned: [] as Seconds[] };
for (let round = 0; round < rounds; round++) {
  times.ours.push(...(await runOurs(stepsARound)));
  times.plain.push(...(await plain.run(stepsARound)));
  times.tuned.push(...(await tuned.run(stepsARound)));
}
plain.stop();
tuned.stop();
compiled.dispose();
console.log(
  JSON.stringify(
    { samples, steps: times.ours.length, wall: compare('wall'), processor: compare('processor') },
    undefined,
    2,
  ),
);

function compare(clock: keyof Seconds) {
  const [ours, withDefaults, withTuning] = [times.ours, times.plain, times.tuned].map((list) =>
    median(list.map((seconds) => seconds[clock])),
  );
  return {
    ours,
    pytorch: withDefaults,
    pytorchTuned: withTuning,
    ratio: ours! / Math.min(withDefaults!, withTuning!),
  };
}

async function runOurs(steps: number): Promise<Seconds[]> {
  const seconds: Seconds[] = [];
  for (let index = 0; index < steps; index++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    await compiled.run(inputs);
    const { user, system } = process.cpuUsage(used);
    seconds.push({ wall: (performance.now() - start) / 1e3, processor: (user + system) / 1e6 });
  }
  return seconds;
}

function startPython(environment: Record<string, string | undefined>) {
  const child = spawn('/usr/bin/python3', [script, String(samples)], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  return {
    async run(steps: number): Promise<Seconds[]> {
      child.stdin.write(`${steps}\n`);
      const [line] = (await once(lines, 'line')) as [string];
      const values = line.split(' ').map(Number);
      return Array.from({ length: steps }, (_, index) => ({
        wall: values[2 * index]!,
        processor: values[2 * index + 1]!,
      }));
    },
    stop: () => child.stdin.end(),
  };
}
