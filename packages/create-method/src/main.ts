import { isCrossmodalError } from '@crossmodal/core';
import { createProject } from './create-project.js';

const USAGE = `npm create @crossmodal/method NAME, or create-method NAME where it is installed

Makes the folder NAME with a method of multi-modal clustering of its own: source, tests, build. NAME is in kebab case.
`;

/** Where text goes. */
export interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/**
 * Runs the initialiser.
 *
 * @param argv - arguments after its name
 * @returns the exit code: 0, or 2 after one sentence on stderr
 */
export function main(argv: readonly string[], { stdout, stderr }: Streams): number {
  if (argv.includes('--help')) {
    stdout.write(USAGE);
    return 0;
  }
  const [name, ...rest] = argv;
  if (name === undefined || rest.length > 0 || name.startsWith('-')) {
    stderr.write(USAGE);
    return 2;
  }
  try {
    const files = createProject(name);
    stdout.write(
      `${files.map((file) => `${name}/${file}`).join('\n')}\n\nNext: cd ${name}, npm install, npm test\n`,
    );
    return 0;
  } catch (error) {
    if (!isCrossmodalError(error)) throw error;
    stderr.write(`${error.message}\n`);
    return 2;
  }
}
