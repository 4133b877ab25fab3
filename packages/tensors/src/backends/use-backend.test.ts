import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectInstallation } from '@crossmodal/backend-onnx';
import { isCrossmodalError } from '@crossmodal/core';
import { afterEach, expect, test } from 'vitest';
import { backendCandidates } from '#runtime';
import { inspectBackends, tf, useBackend } from '../index.js';

afterEach(async () => {
  await tf.setBackend('cpu');
});

test('a named backend that is absent is refused, with the way to install it', async () => {
  const before = tf.getBackend();
  const error = await useBackend('tensorflow-gpu').catch((reason: unknown) => reason);
  expect(isCrossmodalError(error, 'backend')).toBe(true);
  expect((error as Error).message).toContain('npm install @tensorflow/tfjs-node-gpu');
  expect(tf.getBackend()).toBe(before);
});

test('a backend whose install can fail is installed by the command that its own package names', async () => {
  const { cure } = inspectInstallation({ from: join(tmpdir(), 'nowhere', 'project.js') });
  const { install } = backendCandidates.find(({ name }) => name === 'onnx')!;
  expect(cure).toContain(`'${install}'`);
});

test('an unknown backend and a wrong thread count are refused', async () => {
  await expect(useBackend('abacus' as 'cpu')).rejects.toMatchObject({ code: 'option' });
  await expect(useBackend('cpu', { threads: 0 })).rejects.toMatchObject({ code: 'option' });
  await expect(useBackend('auto', { profile: '' })).rejects.toMatchObject({ code: 'option' });
});

test('a named backend is the active one afterwards', async () => {
  expect(await useBackend('cpu')).toEqual({ name: 'cpu', requested: 'cpu', passedOver: [] });
  expect(tf.getBackend()).toBe('cpu');
});

test('auto picks a backend that works and says why faster ones were passed over', async () => {
  const info = await useBackend('auto');
  expect(info.requested).toBe('auto');
  expect(info.passedOver.map((entry) => entry.name)).toContain('tensorflow-gpu');
  expect(tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).arraySync())).toEqual([
    [3, 3],
    [3, 3],
  ]);
});

test('inspection reports every backend, picks one, and leaves the active backend and the tensors alone', async () => {
  const tensors = tf.memory().numTensors;
  const reports = await inspectBackends();
  expect(reports.map((report) => report.name)).toEqual([
    'tensorflow-gpu',
    'tensorflow',
    'onnx',
    'wasm',
    'cpu',
  ]);
  expect(reports.filter((report) => report.picked)).toHaveLength(1);
  for (const report of reports) {
    expect(report.usable).toBe(report.gflops !== undefined);
    expect(report.reason).not.toBe('');
  }
  const onnx = reports.find((report) => report.name === 'onnx')!;
  expect(onnx.details?.installation).toMatch(/^onnxruntime-node .*, complete/);
  expect(onnx.details?.telemetry.off).toBe(process.platform !== 'win32');
  const cpu = reports.find((report) => report.name === 'cpu')!;
  expect(cpu.gflops).toBeGreaterThan(0);
  expect(tf.getBackend()).toBe('cpu');
  expect(tf.memory().numTensors).toBe(tensors);
});
