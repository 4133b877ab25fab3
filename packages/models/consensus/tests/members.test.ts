import {
  CrossmodalError,
  DivergedError,
  randomSource,
  selectRows,
  type FitOptions,
  type ProgressEvent,
} from '@crossmodal/core';
import { samePartition } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createConsensus, loadConsensus, type MemberMethods } from '../src/index.js';
import { byNumber, numbered, plannedMember } from './planned-member.js';

const n = 24;
const data = numbered(n, randomSource(1));
/** Three clusters in a row, numbered in two ways. */
const third = plannedMember({ label: byNumber((x) => Math.floor(x / 8) % 3) });
const turned = plannedMember({ label: byNumber((x) => (Math.floor(x / 8) + 1) % 3) });
/** Agrees with nobody. */
const stranger = plannedMember({ label: byNumber((x) => x % 3) });
const truth = Int32Array.from({ length: n }, (_, i) => Math.floor(i / 8));
const plain = { members: ['third', 'turned', 'stranger'] };
const methods: MemberMethods = { third, turned, stranger };

function diverged(recover?: DivergedError['recover']) {
  return new DivergedError({ where: 'train', expected: 'a finite loss', received: 'NaN', recover });
}

describe('the consensus', () => {
  test('is what members agree on, and tells what each counts', async () => {
    const fitted = await createConsensus(plain, methods).fit(data, { clusters: 3, seed: 4 });
    expect(samePartition(fitted.labels, truth)).toBe(true);
    const [one, two, other] = fitted.support!;
    expect(one).toMatchObject({ name: 'third' });
    // Of the two others one agrees wholly, and one no more than by chance.
    expect(one!.weight).toBeGreaterThan(0.45);
    expect(two!.weight).toBe(one!.weight);
    expect(other!.weight).toBeLessThan(0.01);
    expect(fitted.members.map(({ outcome }) => outcome)).toEqual(['fitted', 'fitted', 'fitted']);
    expect(fitted.affinity).toBeUndefined();
    fitted.dispose();
  });

  test('new samples get the votes of the members, and their embedding is that of the cluster', async () => {
    const fitted = await createConsensus(plain, methods).fit(data, { clusters: 3, seed: 4 });
    const rows = [0, 9, 17];
    const some = selectRows(data, rows);
    expect([...(await fitted.predict(some))]).toEqual(rows.map((row) => fitted.labels[row]));
    const votes = await fitted.predictMemberships(some);
    rows.forEach((_, i) => {
      const row = [...votes.values.subarray(i * 3, i * 3 + 3)];
      expect(row.reduce((sum, vote) => sum + vote, 0)).toBeCloseTo(1, 6);
      // All but the share of the stranger.
      expect(Math.max(...row)).toBeGreaterThan(0.95);
    });
    const { values, columns } = await fitted.transform(some);
    expect(columns).toBe(fitted.embedding.columns);
    rows.forEach((row, i) => {
      const own = fitted.embedding.values.subarray(row * columns, (row + 1) * columns);
      const cosine = own.reduce((sum, x, j) => sum + x * values[i * columns + j]!, 0);
      expect(cosine).toBeGreaterThan(0.99);
    });
    fitted.dispose();
  });

  test.prop([fc.nat(1000)], { numRuns: 5 })(
    'members get seeds of their own, which others do not change (seed)',
    async (seed) => {
      const seedsOf = async (members: string) => {
        const fitted = await createConsensus({ members }, methods).fit(data, {
          clusters: 3,
          seed,
        });
        fitted.dispose();
        return Object.fromEntries(fitted.members.map((member) => [member.name, member.seed]));
      };
      const alone = await seedsOf('third:2');
      expect(Object.keys(alone)).toEqual(['third 1', 'third 2']);
      expect(alone['third 1']).not.toBe(alone['third 2']);
      const among = await seedsOf('turned, third:3');
      expect(among).toMatchObject(alone);
      expect(Object.keys(among)).toEqual(['turned', 'third 1', 'third 2', 'third 3']);
    },
  );
});

describe('a member', () => {
  test('reports its progress under its name, and hears the signal', async () => {
    const events: ProgressEvent[] = [];
    let heard: FitOptions | undefined;
    const watched = plannedMember({ label: byNumber(() => 0), heard: (_, fit) => (heard ??= fit) });
    const controller = new AbortController();
    const fitted = await createConsensus({ members: 'watched' }, { watched }).fit(data, {
      clusters: 1,
      signal: controller.signal,
      onProgress: (event) => events.push(event),
    });
    fitted.dispose();
    expect(events).toContainEqual({ phase: 'watched, train', step: 1, steps: 2, losses: { total: 3 } });
    expect(heard!.signal).toBe(controller.signal);
  });

  test('that diverges without a good state is left out, and the model says why', async () => {
    const broken = plannedMember({ label: byNumber(() => 0), failure: () => diverged() });
    const members = { members: ['third', 'broken', 'turned'] };
    const fitted = await createConsensus(members, { ...methods, broken }).fit(data, { clusters: 3 });
    expect(samePartition(fitted.labels, truth)).toBe(true);
    expect(fitted.members[1]).toMatchObject({ name: 'broken', outcome: 'left out' });
    expect(fitted.members[1]!.reason).toMatch(/finite loss/);
    expect(fitted.support!.map(({ name }) => name)).toEqual(['third', 'turned']);
    fitted.dispose();
  });

  test('that diverges is finished from its last good state', async () => {
    const recover = () => turned.create().fit(data, { clusters: 3, seed: 9 });
    const broken = plannedMember({ label: byNumber(() => 0), failure: () => diverged(recover) });
    const members = { members: ['third', 'broken'] };
    const fitted = await createConsensus(members, { ...methods, broken }).fit(data, { clusters: 3 });
    expect(fitted.members[1]).toMatchObject({ name: 'broken', outcome: 'recovered' });
    expect(fitted.support![1]!.support).toBe(1);
    fitted.dispose();
  });

  test('that diverges again while it is finished is left out', async () => {
    const broken = plannedMember({
      label: byNumber(() => 0),
      failure: () => diverged(() => Promise.reject(diverged())),
    });
    const fitted = await createConsensus({ members: ['third', 'broken'] }, { ...methods, broken }).fit(data, {
      clusters: 3,
    });
    expect(fitted.members[1]).toMatchObject({ outcome: 'left out' });
    fitted.dispose();
  });

  test('that diverges as all do ends the fit', async () => {
    const broken = plannedMember({ label: byNumber(() => 0), failure: () => diverged() });
    await expect(
      createConsensus({ members: 'broken' }, { broken }).fit(data, { clusters: 3 }),
    ).rejects.toMatchObject({ code: 'diverged', received: expect.stringContaining('broken') as string });
  });

  test.each(['unsupported', 'aborted'] as const)(
    'that fails by %s ends the fit, and is named',
    async (code) => {
      const failure = () =>
        new CrossmodalError({ code, where: 'x', expected: 'y', received: 'z', advice: 'w' });
      const broken = plannedMember({ label: byNumber(() => 0), failure });
      const fit = createConsensus({ members: 'third,broken' }, { ...methods, broken }).fit(data, {
        clusters: 3,
      });
      await expect(fit).rejects.toMatchObject({
        code,
        where: "consensus, member 'broken': x",
        advice: 'w',
      });
    },
  );

  test('is disposed of when it is kept as bytes, and when the model that loaded it again is', async () => {
    const events: string[] = [];
    const watched = plannedMember({ label: byNumber((x) => x % 3), heard: (event) => events.push(event) });
    const fitted = await createConsensus({ members: 'watched' }, { watched }).fit(data, { clusters: 3 });
    expect(events).toEqual(['fit', 'dispose']);
    await Promise.all([fitted.predict(data), fitted.predict(data)]);
    await fitted.predict(data);
    fitted.dispose();
    expect(events).toEqual(['fit', 'dispose', 'load', 'dispose']);
  });

  test('whose model cannot be read ends the prediction, which can be tried again', async () => {
    let tries = 0;
    const refused = () =>
      new CrossmodalError({ code: 'format', where: 'load', expected: 'a model', received: 'none' });
    const damaged = {
      ...third,
      load: (bytes: Uint8Array) => (tries++ === 0 ? Promise.reject(refused()) : third.load(bytes)),
    };
    const events: string[] = [];
    const watched = plannedMember({ label: byNumber((x) => x % 3), heard: (event) => events.push(event) });
    const fitted = await createConsensus({ members: 'watched,damaged' }, { watched, damaged }).fit(data, {
      clusters: 3,
    });
    await expect(fitted.predict(data)).rejects.toMatchObject({ code: 'format' });
    expect(events).toEqual(['fit', 'dispose', 'load', 'dispose']);
    expect(await fitted.predict(data)).toHaveLength(n);
    fitted.dispose();
  });

  test('of another method than the package has comes back from a saved model where it is given again', async () => {
    const fitted = await createConsensus(plain, methods).fit(data, { clusters: 3, seed: 4 });
    const bytes = await fitted.toBytes();
    const loaded = await loadConsensus(bytes, { methods });
    expect(await loaded.predict(data)).toEqual(await fitted.predict(data));
    expect(loaded.support).toEqual(fitted.support);
    expect(loaded.members).toEqual(fitted.members);
    await expect(loadConsensus(bytes)).rejects.toMatchObject({
      code: 'option',
      received: "'third'",
    });
    fitted.dispose();
    loaded.dispose();
  });
});
