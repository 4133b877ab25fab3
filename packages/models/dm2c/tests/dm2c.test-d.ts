import type { CriticPart } from '@crossmodal/alignment';
import type { Clusterer, Mixed, MultiModalData, Paired } from '@crossmodal/core';
import type { EncoderPart } from '@crossmodal/encoders';
import { graphReadout, kMeansReadout, membershipReadout, type Readout } from '@crossmodal/method';
import { tf } from '@crossmodal/tensors';
import { expectTypeOf } from 'vitest';
import { createDm2c, loadDm2c, type Dm2cSeen, type FittedDm2c } from '../src/index.js';

declare const pairedData: Paired;
declare const mixedData: Mixed;

// Kinds of data.
createDm2c() satisfies Clusterer<Mixed, FittedDm2c>;
// @ts-expect-error dm2c takes mixed data only
createDm2c() satisfies Clusterer<MultiModalData>;
// @ts-expect-error paired data are not fitted
void createDm2c().fit(pairedData, { clusters: 2 });
const model = await createDm2c().fit(mixedData, { clusters: 2 });
expectTypeOf(model.anchor).toEqualTypeOf<string>();
// @ts-expect-error nor predicted
void model.predict(pairedData);

// Slots, and their options.
createDm2c({ network: 'paper', units: [64, 32] });
createDm2c({ preset: 'paper', training: 'default', criticWarmup: 3 });
createDm2c({ readout: 'graph', graphs: 'R' });
// @ts-expect-error no network has this name
createDm2c({ network: 'best' });
// @ts-expect-error no readout has this name
createDm2c({ readout: 'spectral' });
// @ts-expect-error no part has this option
createDm2c({ network: 'paper', filterz: 3 });
// @ts-expect-error units are one number per layer
createDm2c({ network: 'paper', units: 64 });
// @ts-expect-error modalities are aligned in one of four ways
createDm2c({ alignment: 'walks' });

// Terms: each player has a state of its own.
createDm2c({
  terms: [
    { name: 'reconstruction', weight: 3 },
    { name: 'calm', player: 'critics', weight: 1, value: () => tf.scalar(0) },
  ],
});
// @ts-expect-error there is no such player
createDm2c({ terms: [{ name: 'calm', player: 'judges', weight: 1 }] });
// @ts-expect-error no state has a depth
createDm2c({ terms: [{ name: 'calm', player: 'critics', weight: 1, value: ({ depth }) => tf.sum(depth) }] });

// Own parts.
declare const encoder: EncoderPart;
declare const critic: CriticPart;
createDm2c({ encoders: [encoder, undefined], critic });
createDm2c({ preset: 'paper', encoders: [encoder], critic });
// @ts-expect-error an encoder is no critic: it is made for a shape
createDm2c({ critic: encoder });
// @ts-expect-error one critic part makes all critics
createDm2c({ critic: [critic] });

// Readouts need no more than what the network says.
declare const own: Readout<Dm2cSeen>;
createDm2c({ readout: own });
createDm2c({ readout: kMeansReadout() });
// @ts-expect-error latents lack the presence flags of paired ones
createDm2c({ readout: graphReadout() });
// @ts-expect-error the network says no memberships
createDm2c({ readout: membershipReadout });
declare const needsMore: Readout<Dm2cSeen & { readonly depth: number }>;
// @ts-expect-error nor a depth
createDm2c({ readout: needsMore });

// A saved model, and the parts that it asks for.
expectTypeOf(loadDm2c('folder', { parts: [encoder, critic] })).resolves.toEqualTypeOf<FittedDm2c>();
// @ts-expect-error a part has a name
void loadDm2c('folder', { parts: [{ create: critic.create }] });
