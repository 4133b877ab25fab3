import {
  defineMethod,
  inputDescription,
  withoutTraining,
  type Method,
  type Preparation,
} from '@crossmodal/method';
import * as z from 'zod';
import { consensusReadout } from './assign/consensus-readout.js';
import { memberNetwork } from './assign/member-network.js';
import { oneHot } from './assign/one-hot.js';
import { fitMembers } from './fit/fit-members.js';
import type { MemberResolver } from './members/member-method.js';
import { defaultMembers } from './members/member-options.js';
import { inputOptions, type InputOptions } from './options.js';
import type { ConsensusTypes, MemberOutcome } from './types.js';

const outcome: z.ZodType<MemberOutcome> = z.object({
  name: z.string(),
  method: z.string(),
  seed: z.int().min(0),
  outcome: z.enum(['fitted', 'recovered', 'left out']),
  reason: z.string().exactOptional(),
});

const prepared = z.object({
  modalities: z.array(inputDescription).min(1),
  models: z.array(z.object({ name: z.string(), method: z.string(), bytes: z.instanceof(Uint8Array) })).min(1),
  outcomes: z.array(outcome).min(1),
});

/** Members are fitted in the place of inputs: what they say of samples is all that the readout sees. */
function memberInputs(resolve: MemberResolver): Preparation<ConsensusTypes, InputOptions> {
  return {
    options: inputOptions,
    schema: prepared,
    complete: ({ members }, { modalities }) => ({ members: members ?? defaultMembers(modalities) }),
    fit: (modalities, context) => fitMembers(resolve, modalities, context),
    apply: (_, modalities) => ({ modalities }),
    inputs: ({ modalities }) => modalities,
  };
}

/**
 * `consensus` as a value, with members from anywhere.
 *
 * @param resolve - finds the methods that members name, in fits and for saved models
 * @example
 * ```ts
 * const { create } = consensusMethod(memberResolver());
 * console.log(create({ members: 'exact,dmsc' }).method); // consensus
 * ```
 */
export function consensusMethod(resolve: MemberResolver): Method<ConsensusTypes> {
  const method = defineMethod<ConsensusTypes>({
    name: 'consensus',
    creator: 'createConsensus',
    version: 1,
    data: 'paired',
    inputs: { default: memberInputs(resolve) },
    network: {
      default: {
        create: ({ prepared: members, clusters }) => memberNetwork(resolve, members, clusters),
        reader: ({ network }) => ({
          async read({ modalities, clusterings }) {
            const found = clusterings ?? (await network.assign(modalities));
            return {
              clusterings: found,
              get embedding() {
                return oneHot(
                  found.map(({ labels }) => labels),
                  network.clusters,
                );
              },
            };
          },
          dispose() {},
        }),
      },
    },
    training: { default: withoutTraining() },
    readout: { default: consensusReadout },
    report: {
      schema: z.object({ members: z.array(outcome).readonly() }),
      of: ({ prepared: { outcomes } }) => ({ members: outcomes }),
    },
  });
  return {
    ...method,
    async load(source, options) {
      const fitted = await method.load(source, options);
      try {
        // A method that is missing is told now, not by the first prediction.
        for (const { method: name } of fitted.members) await resolve(name);
        return fitted;
      } catch (error) {
        fitted.dispose();
        throw error;
      }
    },
  };
}
