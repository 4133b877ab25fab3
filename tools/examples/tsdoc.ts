import ts from 'typescript';
import type { PackageApi } from '../ci/exports.js';
import { markdownExamples, type Example } from './markdown.js';

/**
 * The `@example` blocks of a package, each with imports of the names it uses: the package's own first, then those of the others,
 * so that an example in TSDoc need not repeat them.
 */
export function tsdocExamples(api: PackageApi, all: readonly PackageApi[]): readonly Example[] {
  const sources = [api, ...all.filter((other) => other !== api)];
  return api.exports.flatMap(({ name, examples }) =>
    examples.flatMap((text) =>
      markdownExamples(`${api.name} ${name}`, `${text}\n`).map((example) => ({
        ...example,
        code: `${importsFor(example.code, sources)}${example.code}`,
      })),
    ),
  );
}

function importsFor(code: string, sources: readonly PackageApi[]): string {
  const { used, declared } = identifiers(code);
  const known = new Set(declared);
  const lines = sources.map((api) => {
    const names = api.exports.filter(({ name }) => used.has(name) && !known.has(name));
    for (const { name } of names) known.add(name);
    if (names.length === 0) return '';
    const listed = names.map(({ name, isValue }) => (isValue ? name : `type ${name}`));
    return `import { ${listed.join(', ')} } from '${api.name}';\n`;
  });
  return lines.join('');
}

function identifiers(code: string): {
  readonly used: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
} {
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isProperty =
      ts.isIdentifier(node) && ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && !isProperty) used.add(node.text);
    const named = ts.isVariableDeclaration(node) || ts.isImportSpecifier(node) || ts.isBindingElement(node);
    if (named && ts.isIdentifier(node.name)) declared.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true));
  return { used, declared };
}
