/** Deletes declarations whose source is gone: `tsc -b` leaves them behind, and they would be packed. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

for (const parent of ['packages', 'packages/models']) {
  for (const name of readdirSync(join(root, parent))) {
    const folder = join(root, parent, name);
    if (!existsSync(join(folder, 'dist')) || !existsSync(join(folder, 'src'))) continue;
    for (const file of readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' })) {
      const source = file.replace(/\.d\.ts(\.map)?$/, '.ts');
      if (source !== file && !existsSync(join(folder, 'src', source))) rmSync(join(folder, 'dist', file));
    }
  }
}
