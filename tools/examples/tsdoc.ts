import ts from 'typescript';
import type { PackageApi } from '../ci/exports.js';
import { markdownExamples, type Example } from './markdown.js';

/** The `@example` blocks of a package, each with an import of the package's own names that it uses. */
export function tsdocExamples(api: PackageApi): readonly Example[] {
  return api.exports.flatMap(({ name, examples }) =>
    examples.flatMap((text) =>
      markdownExamples(`${api.name} ${name}`, `${text}\n`).map((example) => ({
        ...example,
        code: `${importsFor(example.code, api)}${example.code}`,
      })),
    ),
  );
}

function importsFor(code: string, api: PackageApi): string {
  const { used, declared } = identifiers(code);
  const names = api.exports.filter(({ name }) => used.has(name) && !declared.has(name));
  if (names.length === 0) return '';
  return `import { ${names.map(({ name, isValue }) => (isValue ? name : `type ${name}`)).join(', ')} } from '${api.name}';\n`;
}

function identifiers(code: string): {
  readonly used: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
} {
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) used.add(node.text);
    const named = ts.isVariableDeclaration(node) || ts.isImportSpecifier(node) || ts.isBindingElement(node);
    if (named && ts.isIdentifier(node.name)) declared.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true));
  return { used, declared };
}
