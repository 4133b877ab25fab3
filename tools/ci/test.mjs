/**
 * Every gate of the project, through the task cache: what did not change is not run again.
 * Ends with one line, `N passed, N failed[, N skipped]`; the exit code is 1 when anything failed.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { countTask, summary } from './account.mjs';

const root = resolve(import.meta.dirname, '../..');
const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
const cache = join(root, '.nx/cache');
const env = {
  // One seed, so that the same code gives the same answer; set another to search elsewhere.
  PROPERTY_SEED: '1',
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_NO_CLOUD: 'true',
  FORCE_COLOR: '0',
};
delete env.NO_COLOR;

/** Runs targets of all projects that have them, or of those named; resolves to the tasks and what was printed. */
async function runMany(targets, projects = []) {
  rmSync(join(cache, 'run.json'), { force: true });
  const child = spawn(
    process.execPath,
    [
      nx,
      'run-many',
      '-t',
      ...targets,
      ...(projects.length > 0 ? ['-p', ...projects] : []),
      '--outputStyle=static',
    ],
    {
      cwd: root,
      env,
    },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += chunk));
  const code = await new Promise((done) => child.on('close', done));
  if (!existsSync(join(cache, 'run.json'))) return { code: code || 1, printed, tasks: [] };
  const { tasks } = JSON.parse(readFileSync(join(cache, 'run.json'), 'utf8'));
  return { code, printed, tasks };
}

function projectRoots() {
  const { nodes } = JSON.parse(readFileSync(join(root, '.nx/workspace-data/project-graph.json'), 'utf8'));
  return new Map(Object.values(nodes).map((node) => [node.name, join(root, node.data.root)]));
}

function readReport(folder) {
  const path = join(folder, '.results/vitest.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** One line a task on stdout, and the output of those that failed. */
function tell(run) {
  const roots = projectRoots();
  const order = (task) => `${task.target} ${task.projectName}`;
  return run.tasks
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    .map((task) => {
      const failed = task.status !== 0;
      const folder = roots.get(task.projectName);
      const count = countTask(
        { target: task.target, failed },
        folder === undefined ? undefined : readReport(folder),
      );
      const seconds = (Date.parse(task.endTime) - Date.parse(task.startTime)) / 1000;
      const time = task.cacheStatus === 'cache-miss' ? `${seconds.toFixed(1)} s` : 'unchanged';
      const numbers = `${count.passed} passed${count.failed ? `, ${count.failed} FAILED` : ''}${count.skipped ? `, ${count.skipped} skipped` : ''}`;
      console.log(
        `${failed ? 'x' : ' '} ${task.target.padEnd(10)} ${task.projectName.padEnd(28)} ${numbers.padEnd(26)} ${time}`,
      );
      return count;
    });
}

/** What the tasks that failed printed; everything, when no task is to blame. */
function outputs({ code, printed, tasks }) {
  if (code === 0) return [];
  const failed = tasks.filter(({ status }) => status !== 0);
  if (failed.length === 0) return [printed];
  return failed.map(({ taskId, hash }) => {
    const path = join(cache, 'terminalOutputs', hash);
    return `---- ${taskId}\n${existsSync(path) ? readFileSync(path, 'utf8').trim() : printed}`;
  });
}

async function main() {
  const counts = [];
  const failures = [];
  // The root checks and builds all packages at once, many times faster than one after the other.
  const whole = await runMany(['eslint', 'manifests', 'format', 'types', 'check', 'build'], ['crossmodal']);
  for (const run of [whole, await runMany(['test'])]) {
    const told = run.tasks.length > 0 ? tell(run) : [];
    counts.push(...told);
    failures.push(...outputs(run));
    if (run.code !== 0 && told.every((count) => count.failed === 0))
      counts.push({ passed: 0, failed: 1, skipped: 0 });
  }

  // Packing needs what build and types leave behind, so it waits for them.
  const built = whole.tasks.filter(({ target }) => target === 'build' || target === 'types');
  if (built.length > 0 && built.every(({ status }) => status === 0)) {
    const second = await runMany(['pack']);
    const packing = { ...second, tasks: second.tasks.filter(({ target }) => target === 'pack') };
    const packed = packing.tasks.length > 0 ? tell(packing) : [{ passed: 0, failed: 1, skipped: 0 }];
    counts.push(...packed);
    failures.push(...outputs(second));
  } else {
    console.log('x pack       not run: the build failed');
    counts.push({ passed: 0, failed: 1, skipped: 0 });
  }

  for (const printed of failures) console.log(`\n${printed}`);
  const { failed, line } = summary(counts);
  console.log(line);
  process.exitCode = failed > 0 ? 1 : 0;
}

await main();
