import { command } from '../fixture.js';

/**
 * Works with the command for the given seconds, in one process: what the doctor does, then fits, reading tables and writing nothing.
 * A client that reports in the background has that long to do so.
 */
const [seconds = '', folder = ''] = process.argv.slice(2);
const inputs = ['a.npy', 'table.csv'].flatMap((file) => ['--modality', `${folder}/${file}`]);
const fit = (method: string) => ['cluster', '--method', method, '--clusters', '3', '--quiet', ...inputs];
const end = performance.now() + Number(seconds) * 1000;
for (let argv = ['doctor']; performance.now() < end; argv = fit(argv.includes('exact') ? 'dmsc' : 'exact')) {
  const { code, stderr } = await command(argv);
  if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${stderr}`);
}
