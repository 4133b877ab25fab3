import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { isCrossmodalError } from '@crossmodal/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerOnnxBackend } from '../src/index.js';
import { compileHere } from './support/backends.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profile-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the start of a path must not be empty', async () => {
  await expect(registerOnnxBackend({ profile: '' })).rejects.toSatisfy((error) =>
    isCrossmodalError(error, 'option'),
  );
});

test('each compiled graph writes one profile that names its operations', async () => {
  await registerOnnxBackend({ profile: join(folder, 'step') });
  await tf.setBackend('onnx');
  const compiled = compileHere(({ x }) => ({ y: tf.tanh(x!) }));
  for (const size of [3, 4]) {
    const x = tf.ones([size]);
    await compiled.run({ x });
    x.dispose();
  }
  compiled.dispose();
  const files = (await readdir(folder)).sort();
  expect(files.map((file) => file.split('_')[0])).toEqual(['step-0', 'step-1']);
  for (const file of files) {
    const events = JSON.parse(await readFile(join(folder, file), 'utf8')) as {
      args?: { op_name?: string };
    }[];
    expect(events.map((event) => event.args?.op_name)).toContain('Tanh');
  }
});
