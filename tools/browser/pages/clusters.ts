import { denseMatrix, paired, randomSource, vectors } from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/datasets/generators';
import { createDmsc, loadDmsc } from '@crossmodal/dmsc';
import { createExact, loadExact } from '@crossmodal/exact';
import { useBackend, type BackendName } from '@crossmodal/tensors';

/** What a page found out. */
export interface PageResult {
  /** Why the backend does not start here; left out when it does. */
  readonly unusable?: string;
  readonly labels: Readonly<Record<string, readonly number[]>>;
  /** Whether a model that went through bytes predicts the same. */
  readonly same: Readonly<Record<string, boolean>>;
  readonly refusal: string;
}

const { data } = gaussianBlobs({
  n: 36,
  clusters: 3,
  modalities: [
    { dimension: 6, separation: 12 },
    { dimension: 4, separation: 12 },
  ],
  random: randomSource(3),
});

/** Fits, predicts, and takes the model through bytes, with a method without and one with networks. */
async function clusters(backend: BackendName, wasmPath: string): Promise<PageResult> {
  try {
    await useBackend(backend, { wasmPath });
  } catch (error) {
    return { unusable: String(error), labels: {}, same: {}, refusal: '' };
  }
  const labels: Record<string, readonly number[]> = {};
  const same: Record<string, boolean> = {};
  let refusal = '';
  const methods = {
    exact: [createExact(), loadExact],
    dmsc: [createDmsc({ epochs: 1, batchSize: 12, units: 16, restarts: 3 }), loadDmsc],
  } as const;
  for (const [name, [clusterer, load]] of Object.entries(methods)) {
    const fitted = await clusterer.fit(data, { clusters: 3, seed: 1 });
    labels[name] = [...fitted.labels];
    const loaded = await load(await fitted.toBytes());
    const fresh = paired(
      data.modalities.map(({ name: own, features }) =>
        vectors(own, denseMatrix(features.values.slice(0, 5 * features.columns), 5, features.columns)),
      ),
    );
    const [before, after] = [await fitted.predict(fresh), await loaded.predict(fresh)];
    same[name] = before.join() === after.join() && before.join() === [...fitted.labels].slice(0, 5).join();
    refusal = await fitted.save('somewhere').then(String, String);
    fitted.dispose();
    loaded.dispose();
  }
  return { labels, same, refusal };
}

declare global {
  interface Window {
    clusters: typeof clusters;
  }
}
(globalThis as unknown as Window).clusters = clusters;
