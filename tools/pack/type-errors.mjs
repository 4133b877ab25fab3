/**
 * `node type-errors.mjs FILE...`: prints, as JSON, the type errors of each file and of our own declarations that it reaches. Those of
 * third parties are parsed and used, not checked: errors inside them are theirs, and checking them takes longest.
 */
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** @type {ts.CompilerOptions} */
const options = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
};
const ours = join('node_modules', '@crossmodal');

/** Files of the language and of third parties are the same for all. @type {Map<string, ts.SourceFile | undefined>} */
const parsed = new Map();

/** @param {string} path */
function check(path) {
  const folder = dirname(path);
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getCurrentDirectory = () => folder;
  host.getSourceFile = (name, ...rest) => {
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, ...rest));
    return parsed.get(name);
  };
  const program = ts.createProgram([path], options, host);
  const files = program
    .getSourceFiles()
    .filter(({ fileName }) => relative(path, fileName) === '' || fileName.includes(ours));
  const diagnostics = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...files.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
  ];
  const errors = diagnostics.map(
    ({ file, messageText }) =>
      `${file ? relative(folder, file.fileName) : ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
  );
  return { checked: files.length, errors };
}

process.stdout.write(JSON.stringify(process.argv.slice(2).map(check)));
