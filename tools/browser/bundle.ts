import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build as esbuild } from 'esbuild';
import { build as vite, type Rollup } from 'vite';

/** Files of a bundle by name, the page's own first. */
export type Bundle = ReadonlyMap<string, Uint8Array>;

/** Bundles a page as anybody would: no aliases, no plug-ins. */
export type Bundler = (page: string) => Promise<Bundle>;

const pageOf = (page: string) => join(import.meta.dirname, 'pages', `${page}.ts`);

const withEsbuild: Bundler = async (page) => {
  const { outputFiles } = await esbuild({
    entryPoints: { page: pageOf(page) },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: '/page',
    write: false,
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, contents }) => [path.replace(/^.*\/page\//, ''), contents]));
};

const withVite: Bundler = async (page) => {
  const result = (await vite({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      rollupOptions: {
        input: { page: pageOf(page) },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })) as Rollup.RollupOutput;
  return new Map(
    result.output.map((file) => [
      file.fileName,
      new TextEncoder().encode(file.type === 'chunk' ? file.code : String(file.source)),
    ]),
  );
};

/** Bundlers by name. */
export const bundlers: Readonly<Record<string, Bundler>> = { esbuild: withEsbuild, vite: withVite };

/** Bytes, gzipped, of what a page loads before it does anything: its own file and what that imports statically. */
export function startBytes(bundle: Bundle): number {
  const wanted = ['page.js'];
  for (const name of wanted) {
    const text = new TextDecoder().decode(bundle.get(name));
    for (const [, imported] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g))
      if (!wanted.includes(imported!)) wanted.push(imported!);
  }
  return wanted.reduce((sum, name) => sum + gzipSync(bundle.get(name)!).length, 0);
}
