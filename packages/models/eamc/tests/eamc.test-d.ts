import type { Clusterer, Mixed, MultiModalData, Paired } from '@crossmodal/core';
import { mlp, type EncoderPart } from '@crossmodal/encoders';
import { mutualInformation } from '@crossmodal/losses';
import {
  graphReadout,
  kMeansReadout,
  membershipReadout,
  type Readout,
  type WithMemberships,
} from '@crossmodal/method';
import { tf } from '@crossmodal/tensors';
import { expectTypeOf } from 'vitest';
import { createEamc, loadEamc, type FittedEamc, type AttentionPart } from '../src/index.js';

declare const mixedData: Mixed;

// Kinds of data.
createEamc() satisfies Clusterer<Paired, FittedEamc>;
// @ts-expect-error eamc takes paired data only
createEamc() satisfies Clusterer<MultiModalData>;
// @ts-expect-error mixed data are not fitted
void createEamc().fit(mixedData, { clusters: 2 });

// Slots, and their options.
createEamc({ preset: 'paper', runs: 3 });
createEamc({ network: 'paper', hiddenUnits: 1 });
createEamc({ inputs: 'paper', network: 'default', training: 'paper', runs: 3 });
// @ts-expect-error no preset has this name
createEamc({ preset: 'best' });
// @ts-expect-error no network has this name
createEamc({ network: 'best' });
// @ts-expect-error there is no such slot
createEamc({ encoder: 'paper' });
// @ts-expect-error no part has this option
createEamc({ hiddenUnitz: 3 });
// @ts-expect-error nor this one beside a slot
createEamc({ network: 'paper', hiddenUnitz: 3 });
// @ts-expect-error a number of units is no text
createEamc({ latentUnits: 'many' });
// @ts-expect-error the paper gives one of two readings
createEamc({ preset: 'paper', reading: 'figure' });

// Terms see the state of the network.
createEamc({
  terms: [
    { name: 'information', weight: -1, value: ({ perModality: [p, q] }) => mutualInformation(p!, q!) },
    { name: 'attention', weight: 0 },
    { name: 'calm', player: 'discriminators', weight: (step) => 1 / step, value: () => tf.scalar(0) },
  ],
});
// @ts-expect-error the state has no coefficients
createEamc({ terms: [{ name: 'size', weight: 1, value: ({ coefficients }) => tf.sum(coefficients) }] });
// @ts-expect-error fused latents are a tensor, not one per modality
createEamc({ terms: [{ name: 'size', weight: 1, value: ({ fused: [first] }) => tf.sum(first) }] });
// @ts-expect-error a value is a scalar
createEamc({ terms: [{ name: 'size', weight: 1, value: ({ fused }) => fused.shape[0] }] });

// Own parts.
declare const encoder: EncoderPart;
declare const fusion: AttentionPart;
createEamc({ encoders: [undefined, encoder], fusion });
createEamc({ preset: 'paper', encoders: [encoder], fusion });
// @ts-expect-error one encoder per modality is a list
createEamc({ encoders: encoder });
// @ts-expect-error an encoder is no fusion
createEamc({ fusion: encoder });
createEamc({
  encoders: [
    {
      name: 'linear',
      // @ts-expect-error a modality has a shape
      create: ({ size, random }) => mlp({ inputSize: size, layers: [{ units: 6 }], random }),
    },
  ],
});

// Readouts need no more than what the network says: an embedding and memberships.
createEamc({ readout: kMeansReadout() });
createEamc({ readout: membershipReadout });
// @ts-expect-error the network says no latents
createEamc({ readout: graphReadout() });
declare const needsMore: Readout<WithMemberships & { readonly depth: number }>;
// @ts-expect-error nor a depth
createEamc({ readout: needsMore });
// @ts-expect-error a readout has a name and a schema
createEamc({ readout: { fit: kMeansReadout().fit, predict: kMeansReadout().predict } });

// A saved model, and the parts that it asks for.
expectTypeOf(
  loadEamc('folder', { parts: [encoder, fusion, kMeansReadout()] }),
).resolves.toEqualTypeOf<FittedEamc>();
// @ts-expect-error a name is no part
void loadEamc('folder', { parts: ['linear'] });
// @ts-expect-error parts are a list
void loadEamc('folder', { parts: encoder });
