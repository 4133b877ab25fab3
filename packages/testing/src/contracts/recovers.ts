import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  isDivergedError,
  type Clusterer,
  type DivergedError,
  type FittedClusterer,
  type HistoryEntry,
  type Mixed,
  type Paired,
} from '@crossmodal/core';
import { keepsTensors } from './keeps-tensors.js';

/** What {@link recovers} takes. */
export interface RecoversOptions<Data extends Paired | Mixed> {
  readonly clusters: number;
  /** Reads back what `save` wrote. */
  readonly load: (directory: string) => Promise<FittedClusterer<Data>>;
}

/** What {@link recovers} found. */
export interface Recovery {
  readonly error: DivergedError;
  /** Steps up to the last good state. */
  readonly history: readonly HistoryEntry[];
}

/**
 * Checks a fit that diverges: its error names the step and what was not finite, and finishes the fit from the last good state, twice with the same
 * labels; what that gives predicts labels in range, is saved, comes back and is disposed of; nothing is left with or without it.
 *
 * @param clusterer - with options that let its training diverge, such as a huge learning rate
 * @throws AssertionError when something is otherwise.
 */
export async function recovers<Data extends Paired | Mixed>(
  clusterer: Clusterer<Data>,
  data: Data,
  { clusters, load }: RecoversOptions<Data>,
): Promise<Recovery> {
  const outcome: unknown = await keepsTensors(() =>
    clusterer.fit(data, { clusters }).catch((error: unknown) => error),
  );
  assert.ok(isDivergedError<Data>(outcome), `expected a DivergedError, got ${String(outcome)}`);
  const { lastGood, recover, message } = outcome;
  assert.match(message, /step \d+: expected .*finite/);
  assert.ok(lastGood !== undefined && recover !== undefined, 'expected a last good state');
  const parent = await mkdtemp(join(tmpdir(), 'crossmodal-recovers-'));
  try {
    return await keepsTensors(async () => {
      const first = await recover();
      const again = await recover();
      assert.deepEqual(again.labels, first.labels);
      again.dispose();
      assert.equal(first.method, clusterer.method);
      const predicted = await first.predict(data);
      for (const labels of [first.labels, predicted]) {
        assert.equal(labels.length, data.n);
        assert.ok(labels.every((label) => label >= 0 && label < clusters));
      }
      assert.ok(first.embedding.values.every(Number.isFinite), 'expected a finite embedding');
      const directory = join(parent, 'model');
      await first.save(directory);
      const { history } = first;
      first.dispose();
      const loaded = await load(directory);
      assert.deepEqual(await loaded.predict(data), predicted);
      assert.deepEqual(loaded.history, history);
      loaded.dispose();
      const beyond = history.some(({ phase, step }) => phase === lastGood.phase && step >= lastGood.step);
      assert.ok(!beyond, 'expected no step behind the last good state');
      return { error: outcome, history };
    });
  } finally {
    await rm(parent, { recursive: true });
  }
}
