import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders, root } from '../ci/packages.js';
import { checkPackages } from './check.js';

/** `tsx tools/manifests/index.ts [--fix]`: checks all packages' manifests, or writes what can be written. */
const fix = process.argv.includes('--fix');
let left = 0;
for (const { file, message, fixed } of await checkPackages(root, packageFolders())) {
  if (fix && fixed !== undefined) {
    writeFileSync(join(root, file), fixed);
    console.log(`${file}: written`);
  } else {
    console.log(`${file}: ${message}`);
    left++;
  }
}
process.exitCode = left > 0 ? 1 : 0;
