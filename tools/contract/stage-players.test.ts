import type { FittedClusterer, Mixed, Paired } from '@crossmodal/core';
import { randomSource } from '@crossmodal/core';
import { method as cmscDcca } from '@crossmodal/cmsc-dcca';
import { gaussianBlobs, mixModalities } from '@crossmodal/datasets/generators';
import { method as dm2c } from '@crossmodal/dm2c';
import { method as dmim } from '@crossmodal/dmim';
import { method as dmsc } from '@crossmodal/dmsc';
import { method as eamc } from '@crossmodal/eamc';
import { method as exact } from '@crossmodal/exact';
import type { Slot, Stage } from '@crossmodal/method';
import { useBackend } from '@crossmodal/tensors';
import { beforeAll, describe, expect, test } from 'vitest';
import { SHORT_FITS } from './short-fits.js';

beforeAll(() => useBackend('auto', { threads: 1 }));

const { data } = gaussianBlobs({
  n: 36,
  clusters: 3,
  modalities: [{ dimension: 8 }, { dimension: 6 }],
  random: randomSource(1),
});
const { data: mixed } = mixModalities(data, { random: randomSource(2) });

/** What this test needs of a method, whatever its types. */
interface AnyMethod {
  readonly definition: {
    readonly name: string;
    readonly data: 'paired' | 'mixed';
    readonly training: Readonly<Record<string, { readonly stages: readonly Stage<never>[] }>>;
  };
  create(options: object): {
    fit(given: never, options: { readonly clusters: number }): Promise<FittedClusterer<Paired | Mixed>>;
  };
}

/** Losses of stages that changes to terms do not reach. */
const OUT_OF_REACH = ['total', 'contrast', 'partition'];

const methods = [dmsc, cmscDcca, eamc, dmim, dm2c] as unknown as readonly AnyMethod[];
const cases = methods.flatMap((method) =>
  (['default', 'paper'] as const).map((training) => ({ method, training, name: method.definition.name })),
);

describe.each(cases)('$name, training $training', ({ method, training, name }) => {
  const { definition } = method;
  const stages = definition.training[training]!.stages;
  const options = { ...SHORT_FITS[name]![training], training };

  const fit = async (given: object) => {
    const clusterer = method.create({ ...options, ...given });
    return clusterer.fit((definition.data === 'mixed' ? mixed : data) as never, { clusters: 3 });
  };

  /** Players with their terms as all stages tell, under the options that a fit resolved. */
  const declaredBy = (resolved: object) =>
    stages.flatMap((stage) => Object.entries((stage as Stage<never, object>).players!(resolved)));

  test('stages tell every term that changes reach, and no other', async () => {
    const plain = await fit({});
    const declared = declaredBy(plain.options);
    plain.dispose();
    const losses = new Set(plain.history.flatMap((entry) => Object.keys(entry.losses)));
    const names = declared.flatMap(([, terms = []]) => terms);
    // A term of several parts has a loss for each, behind its own name.
    const isOf = (loss: string, term: string) => loss === term || loss.startsWith(`${term} `);
    const stray = [...losses].filter(
      (loss) => !OUT_OF_REACH.includes(loss) && !names.some((term) => isOf(loss, term)),
    );
    expect(stray).toEqual([]);

    // What trains has the last word on the terms that there are.
    const unique = new Map(
      declared.flatMap(([player, terms = []]) =>
        terms.map((term) => [`${player} ${term}`, { player, term }]),
      ),
    );
    const terms = [...unique.values()].map(({ player, term }) => ({ name: term, player, weight: 0.5 }));
    expect(terms.length).toBeGreaterThan(0);
    const changed = await fit({ terms });
    changed.dispose();
    expect(changed.history.at(-1)!.losses['total']).not.toBe(plain.history.at(-1)!.losses['total']);
  });

  test('a term that nobody has is refused at once', () => {
    expect(() => method.create({ ...options, terms: [{ name: 'no such term', weight: 1 }] })).toThrow(
      /a value with a new term, or one of/,
    );
  });
});

test('options that mean nothing beside another are options', () => {
  for (const { definition } of [...methods, exact as unknown as AnyMethod]) {
    const { inputs, network, training, readout } = definition as unknown as Record<
      string,
      Record<string, Slot<unknown>>
    >;
    const alternatives = [inputs, network, training, readout].map((part) => Object.values(part!));
    const slots = [definition as Slot<unknown>, ...alternatives.flat()];
    const { parts = [] } = definition as { readonly parts?: readonly string[] };
    const known = new Set([...parts, ...slots.flatMap((slot) => Object.keys(slot.options ?? {}))]);
    const named = slots.flatMap(({ unused = [] }) =>
      unused.flatMap(({ when, options }) => [...Object.keys(when), ...options]),
    );
    expect(named.filter((option) => !known.has(option))).toEqual([]);
  }
});
