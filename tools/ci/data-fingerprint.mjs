/**
 * Prints which real data sets are there and how large each is, never where: an input of the test cache, so that tests
 * which skip without the data run again once it appears.
 */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const directory = process.env.CROSSMODAL_DATA ?? resolve(import.meta.dirname, '../../../shared/data');

function entries(folder, prefix = '') {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? entries(join(folder, entry.name), `${prefix}${entry.name}/`)
      : [`${prefix}${entry.name} ${statSync(join(folder, entry.name)).size}`],
  );
}

function fingerprint() {
  try {
    return createHash('sha256').update(entries(directory).sort().join('\n')).digest('hex').slice(0, 16);
  } catch {
    return 'none';
  }
}

process.stdout.write(`${fingerprint()}\n`);
