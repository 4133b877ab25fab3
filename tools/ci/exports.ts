import { join } from 'node:path';
import ts from 'typescript';
import { packageFolders, packageJson, root } from './packages.js';

/** One name that a package exports. */
export interface PackageExport {
  readonly name: string;
  /** Where its declaration is, relative to the root. */
  readonly file: string;
  /** True for what exists at run time; false for types. */
  readonly isValue: boolean;
  /** The text of its TSDoc, tags aside. */
  readonly documentation: string;
  /** The `@example` texts of its TSDoc. */
  readonly examples: readonly string[];
  readonly symbol: ts.Symbol;
}

/** What one package exports. */
export interface PackageApi {
  readonly name: string;
  readonly folder: string;
  readonly exports: readonly PackageExport[];
}

/** Compiler options of the repository's own type check. */
export function checkOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.check.json'), (path) =>
    ts.sys.readFile(path),
  ) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root).options;
}

/** Reads what every package exports, from its sources. */
export function packageApis(): { readonly apis: readonly PackageApi[]; readonly checker: ts.TypeChecker } {
  const folders = packageFolders();
  const indexes = folders.map((folder) => join(root, folder, 'src/index.ts'));
  const program = ts.createProgram(indexes, checkOptions());
  const checker = program.getTypeChecker();
  const apis = folders.map((folder, i) => {
    const index = checker.getSymbolAtLocation(program.getSourceFile(indexes[i]!)!);
    const symbols = index === undefined ? [] : checker.getExportsOfModule(index);
    return {
      name: packageJson(folder).name,
      folder,
      exports: symbols.map((symbol) => describe(symbol, checker)),
    };
  });
  return { apis, checker };
}

function describe(exported: ts.Symbol, checker: ts.TypeChecker): PackageExport {
  const alias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
  const symbol = alias ? checker.getAliasedSymbol(exported) : exported;
  const written = symbol.getDocumentationComment(checker).length > 0 ? symbol : exported;
  const file = written.declarations?.[0]?.getSourceFile().fileName ?? '';
  const tags = symbol.getJsDocTags(checker);
  return {
    name: exported.name,
    file: file.replace(`${root}/`, ''),
    isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0,
    documentation: documentationOf(written, exported, checker),
    examples: tags.filter((tag) => tag.name === 'example').map((tag) => ts.displayPartsToString(tag.text)),
    symbol,
  };
}

/** A namespace (`export * as tf`, or `export { tf } from`) is documented at its export declaration, which the checker does not look at. */
function documentationOf(symbol: ts.Symbol, exported: ts.Symbol, checker: ts.TypeChecker): string {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  if (text !== '') return text;
  for (const declaration of exported.declarations ?? []) {
    for (const node of [declaration, declaration.parent, declaration.parent.parent]) {
      const [comment] = ts.getJSDocCommentsAndTags(node);
      if (comment !== undefined && typeof comment.comment === 'string') return comment.comment;
    }
  }
  return '';
}
