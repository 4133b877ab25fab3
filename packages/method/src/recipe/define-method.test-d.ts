import type { Clusterer, Mixed, MultiModalData, Paired } from '@crossmodal/core';
import type { Term } from '@crossmodal/losses';
import { tf } from '@crossmodal/tensors';
import { expectTypeOf } from 'vitest';
import * as z from 'zod';
import { createToy, toy, type ToyTypes } from '../../tests/toy-method.js';
import {
  graphReadout,
  kMeansReadout,
  membershipReadout,
  type FittedMethod,
  type MethodDefinition,
  type OptionsOf,
  type Readout,
  type Representation,
  type ResolvedOptions,
  type Stage,
} from '../index.js';

declare const pairedData: Paired;
declare const mixedData: Mixed;

// Kinds of data: those of the method's types.
createToy() satisfies Clusterer<Paired>;
// @ts-expect-error a method of paired data is none of both kinds
createToy() satisfies Clusterer<MultiModalData>;
// @ts-expect-error nor one of mixed data
createToy() satisfies Clusterer<Mixed>;
// @ts-expect-error mixed data are not fitted
void createToy().fit(mixedData, { clusters: 2 });
const model = await createToy().fit(pairedData, { clusters: 2 });
expectTypeOf(model).toEqualTypeOf<FittedMethod<ToyTypes>>();
expectTypeOf(model.scales).toEqualTypeOf<readonly number[]>();
void model.predict(pairedData);
// @ts-expect-error mixed data have no place in the model
void model.predict(mixedData);
// @ts-expect-error nor in its embedding
void model.transform(mixedData);
// @ts-expect-error nor among its memberships
void model.predictMemberships(mixedData);
// @ts-expect-error a definition names the kind of data that its types have
({ data: 'mixed' }) satisfies Pick<MethodDefinition<ToyTypes>, 'data'>;

// Options: given and resolved types come from the schemas.
const _shape = { steps: z.int().default(6), rate: z.number().optional() };
expectTypeOf<OptionsOf<typeof _shape>>().toEqualTypeOf<{
  readonly steps?: number | undefined;
  readonly rate?: number | undefined;
}>();
expectTypeOf<ResolvedOptions<typeof _shape>>().toEqualTypeOf<{
  readonly steps: number;
  readonly rate: number | undefined;
}>();
// @ts-expect-error no alternative has this name
createToy({ training: 'best' });
// @ts-expect-error no part has this option
createToy({ stepz: 3 });

// Terms: their state is that of the method.
const size = (scales: tf.Tensor) => tf.sum(tf.square(scales)) as tf.Scalar;
createToy({ terms: [{ name: 'size', weight: 1, value: ({ scales }) => size(scales) }] });
createToy({ terms: [{ name: 'pull', weight: (step) => step / 2 }] });
// @ts-expect-error the state has no latents
createToy({ terms: [{ name: 'size', weight: 1, value: ({ latents }) => size(latents) }] });
const ofNumbers = { name: 'size', weight: 1, value: ({ scales }: { scales: number }) => tf.scalar(scales) };
// @ts-expect-error scales are tensors
createToy({ terms: [ofNumbers] });
declare const ofMore: Term<{ readonly scales: tf.Tensor; readonly depth: number }>;
// @ts-expect-error the state has no depth
createToy({ terms: [ofMore] });
// @ts-expect-error a change to a term has a weight
createToy({ terms: [{ name: 'pull' }] });

// Network parts.
createToy({ start: { name: 'two', create: () => 2 } });
// @ts-expect-error a start is a number
createToy({ start: { name: 'two', create: () => 'two' } });
// @ts-expect-error a saved model asks for a part by its name
createToy({ start: { create: () => 2 } });

// Stages: they see the fit of the method.
const look: Stage<ToyTypes> = {
  name: 'look',
  async run({ network, samples, read }) {
    expectTypeOf(network.scales).toEqualTypeOf<tf.Variable>();
    expectTypeOf(samples[0]!.shape).toEqualTypeOf<readonly number[]>();
    expectTypeOf(read).returns.resolves.toEqualTypeOf<Representation>();
  },
};
createToy({ stages: [{ insert: look, before: 'pull' }, { omit: 'first' }, { replace: 'pull', by: look }] });
// @ts-expect-error an inserted stage has a place
createToy({ stages: [{ insert: look }] });
// @ts-expect-error a stage that replaces another is no name
createToy({ stages: [{ replace: 'pull', by: 'look' }] });
interface WiderTypes extends ToyTypes {
  readonly structure: 3;
}
declare const wider: Stage<WiderTypes>;
// @ts-expect-error it asks for a structure that the method does not have
createToy({ stages: [{ insert: wider, before: 'pull' }] });

// Readouts: what they need must be what the network says.
createToy({ readout: kMeansReadout() });
// @ts-expect-error the network says no memberships
createToy({ readout: membershipReadout });
// @ts-expect-error nor latents
createToy({ readout: graphReadout() });
// A readout that asks for less suits a network that says more.
kMeansReadout() satisfies Readout<Representation & { readonly memberships: number }>;

// Own parts of a saved model, by their names.
expectTypeOf(
  toy.load('folder', { parts: [kMeansReadout(), { name: 'two', create: () => 2 }] }),
).resolves.toEqualTypeOf<FittedMethod<ToyTypes>>();
void toy.load(new Uint8Array(0));
// @ts-expect-error a name is not all of a part
void toy.load('folder', { parts: [{ name: 'two' }] });
// @ts-expect-error the network says no memberships for this readout
void toy.load('folder', { parts: [membershipReadout] });
// @ts-expect-error a part has a name
void toy.load('folder', { parts: [{ create: () => 2 }] });
// @ts-expect-error a name is no part
void toy.load('folder', { parts: ['two'] });
