import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkOptions, packageApis } from '../ci/exports.js';
import { root } from '../ci/packages.js';
import { documentedExamples, markdownExamples } from './markdown.js';
import { tsdocExamples } from './tsdoc.js';

const { apis } = packageApis();
const examples = [...documentedExamples(), ...apis.flatMap((api) => tsdocExamples(api, apis))];
const folder = join(import.meta.dirname, '.results/examples');
const fileOf = new Map(
  examples.map(({ title }) => [title, join(folder, `${title.replace(/[^\w]+/g, '-')}.ts`)]),
);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const { title, code } of examples) writeFileSync(fileOf.get(title)!, `${code}\nexport {};\n`);

const data = process.env['CROSSMODAL_DATA'] ?? join(root, '../shared/data');
const hasData = existsSync(data);
process.env['CROSSMODAL_DATA'] = data;

let program: ts.Program;
let previous: string;
let scratch: string;

beforeAll(() => {
  const unusedIsFine = { noUnusedLocals: false, noUnusedParameters: false };
  program = ts.createProgram([...fileOf.values()], { ...checkOptions(), ...unusedIsFine });
  // What an example writes goes to a folder of its own.
  previous = process.cwd();
  scratch = mkdtempSync(join(tmpdir(), 'crossmodal-examples-'));
  process.chdir(scratch);
});
afterAll(() => {
  process.chdir(previous);
  rmSync(scratch, { recursive: true, force: true });
});

describe.each(examples.map((example) => [example.title, example] as const))(
  '%s',
  (title, { runs, needsData }) => {
    const file = fileOf.get(title)!;

    test('its types are right', () => {
      const source = program.getSourceFile(file);
      const diagnostics = [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ];
      expect(
        diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
      ).toEqual([]);
    });

    if (runs) {
      test.skipIf(needsData && !hasData)('it runs', async () => {
        await import(file);
      });
    }
  },
);

describe('recipes', () => {
  const recipes = examples.filter(({ title }) => title.startsWith('docs/recipes/'));
  const LINES = 60;

  describe.each(recipes.map((recipe) => [recipe.title, recipe] as const))('%s', (title, recipe) => {
    test('is short and made of packages', () => {
      expect(recipe.code.split('\n').length).toBeLessThan(LINES);
      for (const [, from] of recipe.code.matchAll(/from '([^']+)'/g)) expect(from).toMatch(/^@crossmodal\//);
    });
    test.skipIf(recipe.needsData && !hasData)('clusters better than it must', async () => {
      const { acc, bar, weights } = (await import(fileOf.get(title)!)) as {
        readonly acc: number;
        readonly bar: number;
        /** Of the modalities, of which the last is noise. */
        readonly weights?: ArrayLike<number>;
      };
      expect(acc).toBeGreaterThan(bar);
      if (weights) expect(Array.from(weights).at(-1)).toBe(Math.min(...Array.from(weights)));
    });
  });
});

test('blocks are found, and told apart from what is not to run', () => {
  const text = 'x\n```ts\na;\n```\n```sh\nb\n```\n```ts no-run\nc;\n```\n```ts data\nd;\n```\n';
  expect(markdownExamples('x.md', text)).toEqual([
    { title: 'x.md 1', code: 'a;\n', runs: true, needsData: false },
    { title: 'x.md 2', code: 'c;\n', runs: false, needsData: false },
    { title: 'x.md 3', code: 'd;\n', runs: true, needsData: true },
  ]);
});
