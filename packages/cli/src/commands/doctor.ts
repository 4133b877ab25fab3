import { availableParallelism } from 'node:os';
import type { Io } from '../io.js';
import { textTable } from '../output/text-table.js';

/** Arguments of `crossmodal doctor`. */
export interface DoctorArguments {
  readonly json?: boolean;
}

/** `crossmodal doctor`: which backends are there, how fast each multiplies, which one is picked, why the others are not, and whether any reports to its maker. */
export async function doctorCommand(args: DoctorArguments, io: Io): Promise<void> {
  const { inspectBackends, tf, useBackend } = await import('@crossmodal/tensors');
  // Keeps TensorFlow.js from advertising its other packages.
  tf.enableProdMode();
  await useBackend('auto');
  const backends = await inspectBackends();
  const machine = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    threads: availableParallelism(),
  };
  const onnx = backends.find(({ name }) => name === 'onnx')?.details;
  const telemetry = {
    onnxRuntime: onnx === undefined || onnx.telemetry.off ? 'off' : 'on',
    reason: onnx?.telemetry.reason ?? 'it is not installed',
  };
  if (args.json) {
    io.stdout.write(`${JSON.stringify({ ...machine, telemetry, backends })}\n`);
    return;
  }
  const rows = backends.map(({ name, picked, usable, gflops, reason }) => [
    `${picked ? '*' : ' '} ${name}`,
    gflops === undefined ? (usable ? '?' : '-') : gflops.toFixed(gflops < 10 ? 2 : 1),
    reason,
  ]);
  const table = textTable([['  backend', 'GFLOP/s', ''], ...rows.map(([a, b]) => [a!, b!])]).split('\n');
  const lines = table.map((line, i) =>
    i === 0 ? line : `${line.padEnd(table[0]!.length)}  ${rows[i - 1]![2]}`,
  );
  const picked = backends.find((backend) => backend.picked);
  io.stdout.write(
    `Node.js ${machine.node}, ${machine.platform}, ${machine.threads} threads\n\n${lines.join('\n')}\n\n` +
      `${picked === undefined ? 'No backend works.' : `Picked by 'auto': ${picked.name}.`}\n` +
      (onnx === undefined ? '' : `install of ONNX Runtime: ${onnx.installation}\n`) +
      `telemetry of ONNX Runtime: ${telemetry.onnxRuntime} (${telemetry.reason})\n`,
  );
}
