import { execFile } from 'node:child_process';

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What an enclosing `npm run` tells its children about the workspace, which an install elsewhere must not hear. */
const enclosing =
  /^npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix|config_workspace)|^NODE_OPTIONS$|^VITEST|^NODE_ENV$/;

/** Runs a command to its end in a folder, as if started there by hand. */
export function run(command: string, args: readonly string[], folder: string): Promise<Outcome> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !enclosing.test(name)));
  return new Promise((done) => {
    execFile(command, args, { cwd: folder, env, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      done({ code, stdout, stderr });
    });
  });
}

/** Runs a command that must succeed; resolves to its stdout. */
export async function mustRun(command: string, args: readonly string[], folder: string): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, folder);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
  return stdout;
}
