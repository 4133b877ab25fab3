import { join } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, test } from 'vitest';
import tseslint from 'typescript-eslint';
import { root } from './packages.js';

let eslint: ESLint;

beforeAll(async () => {
  // The boundary rule reads the cached graph, and passes everything when there is none.
  process.env['NX_DAEMON'] = 'false';
  await createProjectGraphAsync();
  // The project's own configuration; only rules that need types are off, because the text linted is not the file's.
  const untyped = tseslint.configs.disableTypeChecked as ESLint.Options['overrideConfig'];
  eslint = new ESLint({ cwd: root, overrideConfig: untyped ?? [] });
});

async function rulesBroken(file: string, text: string): Promise<readonly (string | null)[]> {
  const [outcome] = await eslint.lintText(text, { filePath: join(root, file) });
  return (outcome?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const imports = (specifier: string) => `import * as imported from '${specifier}';\nexport { imported };\n`;
const boundary = '@nx/enforce-module-boundaries';

describe('forbidden imports fail lint', () => {
  test.each([
    ['packages/core/src/index.ts', '@crossmodal/metrics'],
    ['packages/linalg/src/index.ts', '@crossmodal/spectral'],
    ['packages/linalg/src/index.ts', '@tensorflow/tfjs'],
    ['packages/metrics/src/index.ts', '@crossmodal/tensors'],
    ['packages/metrics/src/index.ts', '@crossmodal/spectral'],
    ['packages/spectral/src/index.ts', '@tensorflow/tfjs'],
    ['packages/transforms/src/index.ts', '@crossmodal/io'],
    ['packages/transforms/src/index.ts', '@crossmodal/spectral'],
    ['packages/transforms/src/index.ts', '@tensorflow/tfjs'],
    ['packages/io/src/index.ts', '@crossmodal/datasets'],
    ['packages/io/src/index.ts', '@crossmodal/metrics'],
    ['packages/datasets/src/index.ts', '@crossmodal/metrics'],
    ['packages/losses/src/index.ts', '@crossmodal/io'],
    ['packages/backend-onnx/src/index.ts', '@crossmodal/tensors'],
    ['packages/tensors/src/index.ts', '@crossmodal/losses'],
    ['packages/losses/src/index.ts', '@crossmodal/backend-onnx'],
    ['packages/alignment/src/index.ts', '@crossmodal/dm2c'],
    ['packages/fusion/src/index.ts', '@crossmodal/exact'],
    ['packages/losses/src/index.ts', '@crossmodal/io'],
    ['packages/subspace/src/index.ts', '@crossmodal/dmsc'],
    ['packages/models/dmsc/src/index.ts', '@crossmodal/exact'],
    ['packages/models/exact/src/index.ts', '@crossmodal/report'],
    ['packages/models/exact/src/index.ts', '@crossmodal/consensus'],
    ['packages/models/consensus/src/index.ts', '@crossmodal/report'],
    ['packages/metrics/src/index.ts', '../../core/src/index.js'],
    ['packages/metrics/src/index.ts', 'pure-rand'],
  ])('%s may not import %s', async (file, specifier) => {
    expect(await rulesBroken(file, imports(specifier))).toContain(boundary);
  });

  test('testing stays inside tests', async () => {
    expect(await rulesBroken('packages/losses/src/index.ts', imports('@crossmodal/testing'))).toEqual([
      'no-restricted-imports',
    ]);
  });
});

test.each([
  'packages/core/src/index.ts',
  'packages/linalg/src/index.ts',
  'packages/spectral/src/index.ts',
  'packages/metrics/src/index.ts',
  'packages/transforms/src/index.ts',
  'packages/datasets/src/generators/index.ts',
])('%s runs in browsers and may import no module of Node', async (file) => {
  expect(await rulesBroken(file, imports('node:fs'))).toEqual(['no-restricted-imports']);
});

describe('permitted imports pass lint', () => {
  test.each([
    ['packages/metrics/src/index.ts', '@crossmodal/core'],
    ['packages/spectral/src/index.ts', '@crossmodal/linalg'],
    ['packages/transforms/src/index.ts', '@crossmodal/linalg'],
    ['packages/tensors/src/index.ts', '@crossmodal/linalg'],
    ['packages/io/src/index.ts', '@crossmodal/transforms'],
    ['packages/io/src/index.ts', 'node:fs'],
    ['packages/datasets/src/index.ts', '@crossmodal/io'],
    ['packages/tensors/src/index.ts', '@tensorflow/tfjs'],
    ['packages/losses/src/index.ts', '@crossmodal/tensors'],
    ['packages/losses/src/a-loss.test.ts', '@crossmodal/testing'],
    ['packages/alignment/src/index.ts', '@crossmodal/spectral'],
    ['packages/models/dmsc/src/index.ts', '@crossmodal/self-expressive'],
    ['packages/models/dmsc/src/index.ts', '@crossmodal/subspace'],
    ['packages/models/consensus/src/index.ts', '@crossmodal/subspace'],
    ['packages/cli/src/index.ts', '@crossmodal/dmsc'],
    ['packages/core/src/errors.test.ts', 'node:fs'],
  ])('%s may import %s', async (file, specifier) => {
    expect(await rulesBroken(file, imports(specifier))).toEqual([]);
  });
});

describe('what decides a run is seeded, and libraries are silent', () => {
  test.each([
    ['Math.random();', 'no-restricted-properties'],
    ["import { tf } from '@crossmodal/tensors';\ntf.randomNormal([2]);", 'no-restricted-syntax'],
    ["import { tf } from '@crossmodal/tensors';\ntf.dropout(tf.ones([2]), 0.5);", 'no-restricted-syntax'],
    ["console.log('x');", 'no-console'],
    ['export const x: any = 1;', '@typescript-eslint/no-explicit-any'],
    ['export const x = 1; // @ts-ignore', '@typescript-eslint/ban-ts-comment'],
  ])('%s', async (text, rule) => {
    expect(await rulesBroken('packages/encoders/src/index.ts', text)).toContain(rule);
  });

  test('a seeded draw passes', async () => {
    const text =
      "import { tf } from '@crossmodal/tensors';\nexport const x = tf.randomNormal([2], 0, 1, 'float32', 7);\n";
    expect(await rulesBroken('packages/encoders/src/index.ts', text)).toEqual([]);
  });
});
