/**
 * `node type-errors.mjs FOLDER`: prints, as JSON, the type errors of a project's `consumer.ts` and of our own declarations that it
 * reaches. Those of third parties are parsed and used, not checked: errors inside them are theirs, and checking them takes longest.
 */
import { join, relative } from 'node:path';
import ts from 'typescript';

const folder = process.argv[2] ?? '.';
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
const host = ts.createCompilerHost(options);
host.getCurrentDirectory = () => folder;
const program = ts.createProgram([join(folder, 'consumer.ts')], options, host);
const ours = program.getSourceFiles().filter(({ fileName }) => {
  const path = relative(folder, fileName);
  return path === 'consumer.ts' || path.startsWith(join('node_modules', '@crossmodal'));
});
const diagnostics = [
  ...program.getOptionsDiagnostics(),
  ...program.getGlobalDiagnostics(),
  ...ours.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]),
];
const errors = diagnostics.map(
  ({ file, messageText }) =>
    `${file ? relative(folder, file.fileName) : ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
);
process.stdout.write(JSON.stringify({ checked: ours.length, errors }));
