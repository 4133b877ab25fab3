import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What {@link pythonPeer} starts. */
export interface PythonPeerOptions {
  /** Path of the interpreter. */
  readonly python: string;
  /** The script and its arguments. It writes one line of JSON when it is ready, and one for each line that it reads. */
  readonly args: readonly string[];
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A script that answers line by line. */
export interface PythonPeer {
  /** Sends a line and gives the answer. */
  ask(line: string): Promise<unknown>;
  /** Lets the script end. */
  stop(): void;
}

/**
 * Starts a script of another library, which is then asked in turn with what it is compared with.
 *
 * @throws Error when the script does not start, or stops before it answers.
 */
export async function pythonPeer({ python, args, env = {} }: PythonPeerOptions): Promise<PythonPeer> {
  const child = spawn(python, [...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const failed = new Promise<never>((_, reject) => void child.once('error', reject));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done === true) throw new Error(`The peer stopped; are its libraries installed for ${python}?`);
    return JSON.parse(value);
  };
  await answer();
  return {
    ask(line) {
      child.stdin.write(`${line}\n`);
      return answer();
    },
    stop: () => void child.stdin.end(),
  };
}
