import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders, root } from '../ci/packages.js';

/** A piece of code that documentation shows. */
export interface Example {
  /** Where it stands: a file and the number of the block in it, or an export. */
  readonly title: string;
  readonly code: string;
  /** False where it needs something that is not there, such as a file of the reader's: then only its types are checked. */
  readonly runs: boolean;
  /** Whether it reads the development sets, in the folder that `CROSSMODAL_DATA` names. */
  readonly needsData: boolean;
}

/** The TypeScript blocks of a Markdown text; one fenced as `ts no-run` is checked, not run, and one fenced as `ts data` runs where the data are. */
export function markdownExamples(file: string, text: string): readonly Example[] {
  return [...text.matchAll(/^```(?:ts|typescript)([^\n]*)\n([\s\S]*?)^```$/gm)].map(
    ([, flags = '', code = ''], i) => ({
      title: `${file} ${i + 1}`,
      code,
      runs: !/\bno-run\b/.test(flags),
      needsData: /\bdata\b/.test(flags),
    }),
  );
}

/** Every Markdown file of the documentation: the root's, each package's, the guide's. */
export function markdownFiles(): readonly string[] {
  const inFolder = (folder: string, recursive: boolean) =>
    readdirSync(join(root, folder), { recursive, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => join(folder, file));
  return [
    ...inFolder('.', false),
    ...inFolder('docs', true),
    ...packageFolders().flatMap((folder) => inFolder(folder, false)),
  ].sort();
}

/** The examples of all Markdown files. */
export function documentedExamples(): readonly Example[] {
  return markdownFiles().flatMap((file) => markdownExamples(file, readFileSync(join(root, file), 'utf8')));
}
