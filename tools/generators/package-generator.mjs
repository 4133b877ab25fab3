import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * `nx g @crossmodal/workspace:package NAME --layer=LAYER`, the same as `npm run new-package`.
 *
 * @param {{ readonly root: string }} tree - the workspace
 * @param {{ readonly name: string; readonly layer: string }} options
 * @returns {() => void} what makes the package; Nx does not call it in a dry run
 */
export default function generatePackage(tree, { name, layer }) {
  const script = join(import.meta.dirname, 'new-package.ts');
  return () => {
    const args = ['--import', 'tsx', script, name, layer];
    process.stdout.write(
      execFileSync(process.execPath, args, { cwd: tree.root, encoding: 'utf8', stdio: 'pipe' }),
    );
  };
}
