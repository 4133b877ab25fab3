import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layers } from '../ci/layers.js';
import { packageFolders } from '../ci/packages.js';
import { checkPackages } from '../manifests/check.js';

/**
 * Makes a package by the recipe that all packages share.
 *
 * @returns its folder, relative to the root
 * @throws Error when the name is not in kebab case or taken, or there is no such layer.
 */
export async function createPackage(root: string, name: string, layer: string): Promise<string> {
  const known = layers.map(({ sourceTag }) => sourceTag.replace('layer:', ''));
  if (!known.includes(layer)) throw new Error(`no layer '${layer}': there are ${known.join(', ')}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) throw new Error(`'${name}' is not a name in kebab case`);
  const folder = ['model', 'ensemble'].includes(layer) ? `packages/models/${name}` : `packages/${name}`;
  if (existsSync(join(root, folder))) throw new Error(`${folder} is there already`);

  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const up = folder.replaceAll(/[^/]+/g, '..');
  const manifest = {
    name: `@crossmodal/${name}`,
    description: `To be described: ${name}.`,
    ...(layer !== 'core' && { dependencies: { '@crossmodal/core': version } }),
    nx: { tags: [`layer:${layer}`] },
  };
  const files = {
    'package.json': JSON.stringify(manifest),
    'README.md': `# @crossmodal/${name}\n\nTo be described.\n\n\`\`\`sh\nnpm install @crossmodal/${name}\n\`\`\`\n`,
    'tsup.config.ts': `export { default } from '${up}/tsup.config.base.ts';\n`,
    'vitest.config.ts': `export { default } from '${up}/vitest.config.base.ts';\n`,
    'src/index.ts': '',
  };
  mkdirSync(join(root, folder, 'src'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, folder, file), text);

  // The manifest checker knows the shape of the rest, the workspace's own references included.
  for (const { file, fixed } of await checkPackages(root, packageFolders(root))) {
    const ours = file.startsWith(`${folder}/`) || file === 'tsconfig.json';
    if (ours && fixed !== undefined) writeFileSync(join(root, file), fixed);
  }
  return folder;
}
