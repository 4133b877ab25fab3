import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { packageFolders, packageJson, root } from './packages.js';

/** One import of a module from outside the workspace. */
export interface OutsideImport {
  /** The file that imports, relative to the root. */
  readonly file: string;
  /** What it imports: `zod`, `node:fs`, ... */
  readonly specifier: string;
}

/**
 * Every module from outside the workspace that source files import, themselves or through the files and workspace packages that they
 * import; types too.
 *
 * @param files - paths relative to the root
 */
export function outsideImports(files: readonly string[]): readonly OutsideImport[] {
  const folders = new Map(packageFolders().map((folder) => [packageJson(folder).name, folder]));
  const visited = new Set<string>();
  const found: OutsideImport[] = [];
  const visit = (file: string): void => {
    if (visited.has(file)) return;
    visited.add(file);
    for (const specifier of specifiersOf(file)) {
      const inside = sourceOf(file, specifier, folders);
      if (inside === undefined) found.push({ file, specifier });
      else visit(inside);
    }
  };
  files.forEach(visit);
  return found;
}

/** The files that a file imports by relative path, itself and for types; paths relative to the root. */
export function localImports(file: string): readonly string[] {
  return specifiersOf(file)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => join(dirname(file), specifier).replace(/\.js$/, '.ts'));
}

/** All that a file imports: statically, as types, or when asked for. */
function specifiersOf(file: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteral(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ES2022, true));
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  const isImportCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return isImportCall ? node.arguments[0] : undefined;
}

/** The source file behind a specifier; undefined where it is not of the workspace. */
function sourceOf(file: string, specifier: string, folders: ReadonlyMap<string, string>): string | undefined {
  if (specifier.startsWith('.')) return join(dirname(file), specifier).replace(/\.js$/, '.ts');
  if (specifier.startsWith('#')) return besideNode(file, specifier, [...folders.values()]);
  const [, name = '', entry = ''] = /^(@crossmodal\/[^/]+)\/?(.*)$/.exec(specifier) ?? [];
  const folder = folders.get(name);
  return folder === undefined ? undefined : join(folder, 'src', entry, 'index.ts');
}

/** What a package's own `imports` have for browsers in place of what Node gets. */
function besideNode(file: string, specifier: string, folders: readonly string[]): string | undefined {
  const folder = folders.find((own) => file.startsWith(`${own}/`));
  if (folder === undefined) return undefined;
  const source = packageJson(folder).imports?.[specifier]?.['@crossmodal/source'];
  return source === undefined ? undefined : join(folder, source.browser);
}
