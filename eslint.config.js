import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { layers, runsInBrowsers } from './tools/ci/layers.js';

const tests = ['**/*.test.ts', '**/*.test-d.ts', 'packages/**/tests/**'];

/** What differs between Node and browsers, and an optional peer that is installed nowhere here. */
const sides = ['#runtime', '#model-directory', '#threads', '@tensorflow/tfjs-backend-webgpu'];

/** Draws of TensorFlow.js take their seed as the last argument: a call with fewer arguments is not seeded. */
const unseeded = [
  ['randomNormal|randomUniform|truncatedNormal|randomGamma', 5],
  ['randomUniformInt|dropout', 4],
  ['randomStandardNormal|multinomial', 3],
  ['rand', Infinity],
].map(([names, seeded]) => ({
  selector: `CallExpression[callee.object.name="tf"][callee.property.name=/^(${names})$/]${seeded === Infinity ? '' : `[arguments.length<${seeded}]`}`,
  message: 'Give the draw a seed that comes from a RandomSource.',
}));

const testing = { name: '@crossmodal/testing', message: 'Only tests import it.' };
const built = { group: ['@crossmodal/**/dist/**', '.*/**/dist/**'] };
const node = { group: ['node:*'], message: 'This folder runs in browsers.' };

export default defineConfig(
  {
    ignores: [
      '**/dist/**',
      '**/.results/**',
      '**/node_modules/**',
      '.nx/**',
      'coverage/**',
      '**/crossmodal-report*/**',
    ],
  },
  { linterOptions: { noInlineConfig: true } },
  js.configs.recommended,
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals.node } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Draw from a RandomSource, so that a seed decides the run.',
        },
      ],
      'no-restricted-syntax': ['error', ...unseeded],
      eqeqeq: 'error',
    },
  },
  {
    files: ['packages/**/src/**/*.ts', 'packages/**/tests/**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { banTransitiveDependencies: true, depConstraints: layers, allow: sides },
      ],
    },
  },
  {
    // A test may hold a result against any library that the workspace has installed.
    files: tests,
    ignores: ['tools/**'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', { depConstraints: layers, allow: sides }],
    },
  },
  {
    files: ['packages/**/src/**/*.ts'],
    ignores: [...tests, 'packages/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['packages/**/*.ts'],
    ignores: [...tests, 'packages/testing/**'],
    rules: { 'no-restricted-imports': ['error', { paths: [testing], patterns: [built] }] },
  },
  {
    files: runsInBrowsers.map((folder) => `${folder}/**/*.ts`),
    ignores: [...tests, 'packages/linalg/src/threads/node.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [testing], patterns: [built, node] }] },
  },
);
