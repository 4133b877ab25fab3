import { root } from '../ci/packages.js';
import { createPackage } from './create-package.js';

/** `npm run new-package -- name layer` */
const [name = '', layer = ''] = process.argv.slice(2);
try {
  const folder = await createPackage(root, name, layer);
  console.log(`${folder} is made. Next: npm install, then write src/.`);
} catch (error) {
  console.error(`${(error as Error).message}\nUsage: npm run new-package -- name layer`);
  process.exitCode = 2;
}
