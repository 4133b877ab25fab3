import { readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outsideImports, type OutsideImport } from './imports.js';
import { runsInBrowsers } from './layers.js';
import { packageJson, root } from './packages.js';

const sourcesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file))
    .map((file) => join(folder, file));

const ofNode = ({ specifier }: OutsideImport) => isBuiltin(specifier);
const ofTensorFlow = ({ specifier }: OutsideImport) => /^@tensorflow\/|^onnxruntime/.test(specifier);

/** Sources that a condition of the package replaces in browsers. */
const replacedIn = (folder: string) => {
  const { imports = {} } = packageJson(folder.replace(/\/src.*$/, '')) as {
    readonly imports?: Readonly<
      Record<
        string,
        { readonly '@crossmodal/source'?: { readonly browser?: string; readonly default?: string } }
      >
    >;
  };
  return Object.values(imports).flatMap(({ '@crossmodal/source': sources }) =>
    sources?.browser === undefined || sources.default === undefined
      ? []
      : [join(folder.replace(/\/src.*$/, ''), sources.default)],
  );
};

test.each(runsInBrowsers)('%s imports no module of Node and no TensorFlow.js', (folder) => {
  const replaced = replacedIn(folder);
  const files = sourcesIn(folder).filter((file) => !replaced.includes(file));
  expect(files).toContain(join(folder, 'index.ts'));
  expect(outsideImports(files).filter((one) => ofNode(one) || ofTensorFlow(one))).toEqual([]);
});

test('an import of either is found, however deep it lies', () => {
  expect(outsideImports(['packages/datasets/src/index.ts']).some(ofNode)).toBe(true);
  expect(outsideImports(['packages/models/exact/src/index.ts']).some(ofTensorFlow)).toBe(true);
});
