import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkOptions, packageApis } from '../ci/exports.js';
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

describe.each(examples.map((example) => [example.title, example] as const))('%s', (title, { runs }) => {
  const file = fileOf.get(title)!;

  test('its types are right', () => {
    const source = program.getSourceFile(file);
    const diagnostics = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ];
    expect(diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual(
      [],
    );
  });

  if (runs) {
    test('it runs', async () => {
      await import(file);
    });
  }
});

describe('recipes', () => {
  const recipes = examples.filter(({ title }) => title.startsWith('docs/recipes/'));
  const LINES = 60;

  test.each(recipes.map((recipe) => [recipe.title, recipe] as const))(
    '%s is short, made of packages, and clusters better than it must',
    async (title, { code }) => {
      expect(code.split('\n').length).toBeLessThan(LINES);
      for (const [, from] of code.matchAll(/from '([^']+)'/g)) expect(from).toMatch(/^@crossmodal\//);
      const { acc, bar } = (await import(fileOf.get(title)!)) as {
        readonly acc: number;
        readonly bar: number;
      };
      expect(acc).toBeGreaterThan(bar);
    },
  );
});

test('blocks are found, and told apart from what is not to run', () => {
  const text = 'x\n```ts\na;\n```\n```sh\nb\n```\n```ts no-run\nc;\n```\n';
  expect(markdownExamples('x.md', text)).toEqual([
    { title: 'x.md 1', code: 'a;\n', runs: true },
    { title: 'x.md 2', code: 'c;\n', runs: false },
  ]);
});
