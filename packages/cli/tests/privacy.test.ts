import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeFixture } from './fixture.js';

/** A client of the kind that this looks for asks for its host after ten seconds. */
const SECONDS = 16;

const root = mkdtempSync(join(tmpdir(), 'crossmodal-privacy-'));
const nameServers = join(root, 'resolv.conf');
writeFileSync(nameServers, 'nameserver 127.0.0.1\n');
/** Enters namespaces with no network but the loopback, and no name server but one there, and runs what follows. */
const isolated = [
  ...['unshare', '--map-root-user', '--net', '--mount', 'sh', '-c'],
  `ip link set lo up && mount --bind '${nameServers}' /etc/resolv.conf && exec "$@"`,
  'sh',
];
const permitted = canRun([...isolated, 'true']);

let inputs: string;
beforeAll(async () => {
  inputs = await writeFixture();
});
afterAll(() => {
  for (const folder of [root, inputs]) rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!permitted)(
  `fits of ${SECONDS} seconds leave no file and look up no name; a process that does both is caught`,
  { timeout: 120_000 },
  async () => {
    const long = observe('work', [...typescript('long-work.ts'), String(SECONDS), inputs]);
    const chatty = `
      require('node:fs').writeFileSync(require('node:os').tmpdir() + '/left.log', '');
      require('node:fs').mkdirSync(process.env.HOME + '/.cache');
      require('node:dns').lookup('collector.example', () => {});`;
    const control = observe('control', ['-e', chatty]);
    expect(await control).toEqual({ names: ['collector.example'], files: ['home/.cache', 'tmp/left.log'] });
    expect(await long).toEqual({ names: [], files: [] });
  },
);

/** Runs Node.js in isolation, in folders of its own; which names it looked up, and what it left in any of those folders. */
async function observe(name: string, args: readonly string[]): Promise<{ names: string[]; files: string[] }> {
  const [home, temporary, work] = ['home', 'tmp', 'work'].map((folder) => join(root, name, folder));
  for (const folder of [home!, temporary!, work!]) await mkdir(folder, { recursive: true });
  // Nothing else of the environment: some clients are silent where they believe that tests run.
  const env = { PATH: process.env['PATH'], HOME: home, TMPDIR: temporary, TSX_DISABLE_CACHE: '1' };
  const [command = '', ...rest] = [
    ...isolated,
    process.execPath,
    ...typescript('observe.ts'),
    process.execPath,
    ...args,
  ];
  const { stdout } = await promisify(execFile)(command, rest, { cwd: work, env });
  const left = await readdir(join(root, name), { recursive: true });
  return {
    names: stdout.split('\n').filter((line) => line !== ''),
    files: left.filter((file) => !['home', 'tmp', 'work'].includes(file)).sort(),
  };
}

function typescript(script: string): string[] {
  const flags = ['--import', import.meta.resolve('tsx'), '--conditions=@crossmodal/source'];
  return [...flags, resolve(import.meta.dirname, 'privacy', script)];
}

function canRun([command = '', ...args]: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
