import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { samePartition } from '@crossmodal/testing';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlers, type Bundle } from './bundle.js';
import type { PageResult } from './pages/clusters.js';

/** Where a Chromium usually is; CROSSMODAL_BROWSER names another. */
const PLACES = [
  process.env['CROSSMODAL_BROWSER'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const executablePath = PLACES.find((path) => path !== undefined && existsSync(path));
const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const HTML = '<!doctype html><title>clusters</title><script type="module" src="/page.js"></script>';

let browser: Browser;
beforeAll(async () => {
  if (executablePath !== undefined)
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--enable-unsafe-swiftshader'],
    });
});
afterAll(() => browser?.close());

describe.skipIf(executablePath === undefined).each(Object.entries(bundlers))(
  'a page bundled by %s',
  (_, bundle) => {
    let server: Server;
    let address = '';
    beforeAll(async () => {
      server = serve(await bundle('clusters'));
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => new Promise((done) => server.close(done)));

    test.for(['cpu', 'wasm', 'webgl'] as const)(
      'clusters, predicts and keeps models as bytes on %s',
      async (backend, { skip }) => {
        const page = await browser.newPage();
        const errors: string[] = [];
        page.on('pageerror', (error) => errors.push(String(error)));
        try {
          await page.goto(address);
          await page.waitForFunction(() => 'clusters' in globalThis);
          const result: PageResult = await page.evaluate(
            ([name, path]) => (globalThis as unknown as Window).clusters(name as 'cpu', path!),
            [backend, `${address}/wasm/`],
          );
          expect(errors).toEqual([]);
          // Graphics may be missing on a machine without a screen; the other two are there wherever the browser is.
          skip(backend === 'webgl' && result.unusable !== undefined, result.unusable ?? '');
          expect(result.unusable).toBeUndefined();
          const truth = Array.from({ length: 36 }, (_unused, i) => result.labels['exact']![i]!);
          expect(new Set(truth).size).toBe(3);
          expect(samePartition(result.labels['dmsc']!, truth)).toBe(true);
          expect(result.same).toEqual({ exact: true, dmsc: true });
          expect(result.refusal).toMatch(/expected a file system, got a browser.*toBytes/);
        } finally {
          await page.close();
        }
      },
    );
  },
);

/** Serves a bundle, a page for it, and the files of the wasm backend. */
function serve(bundle: Bundle): Server {
  return createServer(({ url = '/' }, response) => {
    if (url === '/') return void response.writeHead(200, { 'content-type': 'text/html' }).end(HTML);
    if (url.startsWith('/wasm/')) {
      const path = join(wasmFolder, url.slice('/wasm/'.length));
      return void response.writeHead(200, { 'content-type': 'application/wasm' }).end(readFileSync(path));
    }
    const file = bundle.get(url.slice(1));
    if (file === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(file);
  });
}
