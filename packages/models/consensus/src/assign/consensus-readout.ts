import { CrossmodalError, denseMatrix, type CsrMatrix } from '@crossmodal/core';
import { int32, type Prediction, type Readout, type ReadoutContext } from '@crossmodal/method';
import { consensus, likeliestClusters, normaliseRows } from '@crossmodal/spectral';
import * as z from 'zod';
import { readoutOptions, type ReadoutOptions } from '../options.js';
import type { SeenByMembers } from '../types.js';
import { oneHot } from './one-hot.js';
import { carriedOver, type TrainingVotes } from './votes.js';

const state = z
  .object({ labels: z.array(int32).min(1), weights: z.array(z.number().min(0).max(1)) })
  .refine(({ labels, weights }) => labels.length === weights.length, { message: 'one weight per member' });

const report = z.object({
  support: z
    .array(
      z.object({ name: z.string(), support: z.number().min(0).max(1), weight: z.number().min(0).max(1) }),
    )
    .readonly(),
});

/** The consensus of the members, weighed by their agreement; new samples are assigned by the votes of the members. */
export const consensusReadout: Readout<SeenByMembers, TrainingVotes, ReadoutOptions> = {
  name: 'consensus',
  options: readoutOptions,
  schema: state,
  reportSchema: report,
  fit: fitConsensus,
  predict: ({ clusterings }, { state: votes, labels, embedding, clusters }): Prediction => {
    const given = clusterings.map((member) => member.labels);
    if (given.length !== votes.labels.length) refuseModel(given.length, votes.labels.length);
    const shares = carriedOver(votes, oneHot([labels], clusters), given);
    const memberships = denseMatrix(Float32Array.from(shares.values), shares.rows, clusters);
    return {
      labels: likeliestClusters(memberships),
      memberships,
      embedding: normaliseRows(carriedOver(votes, embedding, given)),
    };
  },
  fits: ({ labels }, { n, clusters }) =>
    labels.every((own) => own.length === n && own.every((label) => label >= 0 && label < clusters)),
};

async function fitConsensus(
  { clusterings }: SeenByMembers,
  { options, clusters, random, signal, pause }: ReadoutContext<ReadoutOptions>,
) {
  await pause('assign', 0, 1);
  const found = consensus(
    {
      graphs: clusterings.map(({ graph }) => graph),
      partitions: clusterings.map(({ partitions }) => partitions),
    },
    { ...options, clusters, random: random.fork('consensus'), signal },
  );
  await pause('assign', 1, 1);
  const { labels, embedding, weights, support } = found;
  const votes = { labels: clusterings.map((member) => member.labels), weights: [...weights] };
  const shares = carriedOver(votes, oneHot([labels], clusters), votes.labels);
  const affinity = graphOf(found.affinity.graph);
  return {
    labels,
    embedding,
    memberships: denseMatrix(Float32Array.from(shares.values), shares.rows, clusters),
    ...(affinity && { affinity }),
    state: votes,
    dependsOnOthers: true,
    report: {
      support: clusterings.map(({ name }, g) => ({
        name,
        support: support[g]!,
        weight: weights[g]!,
      })),
    },
  };
}

function refuseModel(models: number, voters: number): never {
  throw new CrossmodalError({
    code: 'format',
    where: 'consensus',
    expected: 'a saved model with all of its members',
    received: `${models} models for the votes of ${voters}`,
  });
}

/** None where no member has one. */
function graphOf(graph: CsrMatrix): CsrMatrix<Float32Array> | undefined {
  return graph.values.length === 0 ? undefined : { ...graph, values: Float32Array.from(graph.values) };
}
