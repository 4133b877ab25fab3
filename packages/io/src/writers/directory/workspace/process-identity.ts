import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells one process from every other, also from a later one that got its number. */
export interface ProcessIdentity {
  /** Checksum of the host's name and, on Linux, of the space that process numbers are counted in. */
  readonly host: string;
  readonly pid: number;
  /** Moment of its start in ticks since the system started; `0` where it cannot be known. */
  readonly start: string;
}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  const { pid } = process;
  return { host: hostKey(), pid, start: startOf(pid)?.start ?? '0' };
}

/** Whether an identity is that of this process. */
export function isThisProcess({ host, pid, start }: ProcessIdentity): boolean {
  const own = ownIdentity();
  return pid === own.pid && host === own.host && start === own.start;
}

/** Whether a process has ended for certain: `false` for one that runs, and for one of another host, which cannot be asked. */
export function isGone({ host, pid, start }: ProcessIdentity): boolean {
  if (host !== hostKey()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Otherwise it is there and belongs to another user.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return true;
  }
  const found = startOf(pid);
  if (found === undefined || start === '0') return false;
  // A process that ended keeps its number until its parent has asked for its exit code.
  return found.start !== start || found.state === 'Z';
}

function hostKey(): string {
  // In containers the same number is another process.
  const space = textOrEmpty(() => readlinkSync('/proc/self/ns/pid'));
  return createHash('sha256').update(`${hostname()}\n${space}`).digest('hex').slice(0, 8);
}

function startOf(pid: number): { readonly state: string; readonly start: string } | undefined {
  const stat = textOrEmpty(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The name in parentheses may hold blanks and parentheses; state is the third field, the start the twenty-second.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  return state === undefined || start === undefined ? undefined : { state, start };
}

/** Only Linux has these files. */
function textOrEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
