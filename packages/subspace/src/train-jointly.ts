import type { Term } from '@crossmodal/losses';
import type { Fit, Stage, StagePlayers } from '@crossmodal/method';
import { tf } from '@crossmodal/tensors';
import { adam, createTrainer, fullBatch, player } from '@crossmodal/training';
import type { SubspaceState } from './subspace-state.js';
import { coefficientTerm, reconstructionTerm, selfExpressionTerm } from './subspace-terms.js';
import type { SubspaceTypes } from './subspace-types.js';

/** Options of {@link jointStages}. */
export interface JointTrainingOptions {
  /** Full-batch steps on reconstruction alone; none without it. */
  readonly pretrainSteps: number;
  /** Full-batch steps on the whole objective. */
  readonly steps: number;
  /** Adam's rate, constant. */
  readonly learningRate: number;
  /** Weight a_v of each modality's reconstruction. */
  readonly reconstructionWeights: readonly number[];
  /** Weight b of the squared norm of the coefficients. */
  readonly coefficientWeight: number;
  /** Weight c_l of each latent's self-expression. */
  readonly selfExpressionWeights: readonly number[];
  /** Whether decoders take part. @defaultValue true */
  readonly reconstruct?: boolean;
  /** Other terms of the objective, after the pre-training. @defaultValue none */
  readonly further?: readonly Term<SubspaceState>[];
}

/**
 * Trains as the papers do: full-batch steps on reconstruction (stage `pretrain`), then on encoders, coefficients and decoders together (stage
 * `train`), with `sum_v a_v ||X_v - Xhat_v||^2 + b ||S||^2 + sum_l c_l ||Z_l - S Z_l||^2` and other terms, sums over samples and features, where the
 * decoders see `S Z` and S, the layer among the helpers, has no diagonal; without a layer they see Z.
 *
 * DMSC's code pre-trains through a free matrix of coefficients with a diagonal, which may become the identity; here decoders see Z then.
 *
 * @param resolve - the training that a method's options ask for
 * @param players - terms of stage `train` under these options, see {@link subspacePlayers}
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018
 */
export function jointStages<M extends SubspaceTypes, Options>(
  resolve: (options: Options, fit: Fit<M>) => JointTrainingOptions,
  players?: (options: Options) => StagePlayers,
): readonly Stage<M, Options>[] {
  return [
    {
      name: 'pretrain',
      // Changes to terms are of the whole objective.
      players: () => ({}),
      async run(fit, given) {
        const options = resolve(given, fit);
        if (options.reconstruct === false) return;
        await runFullBatch(fit, {
          phase: 'pretrain',
          steps: options.pretrainSteps,
          learningRate: options.learningRate,
          expresses: false,
          reconstruct: true,
          terms: [reconstructionTerm({ weights: options.reconstructionWeights })],
        });
      },
    },
    {
      name: 'train',
      ...(players && { players }),
      async run(fit, given) {
        const options = resolve(given, fit);
        const { reconstruct = true, further = [] } = options;
        const layered = fit.helpers.layer !== undefined;
        await runFullBatch(fit, {
          phase: 'train',
          steps: options.steps,
          learningRate: options.learningRate,
          expresses: true,
          reconstruct,
          adjusted: true,
          terms: [
            ...(reconstruct ? [reconstructionTerm({ weights: options.reconstructionWeights })] : []),
            ...(layered
              ? [
                  coefficientTerm(options.coefficientWeight),
                  selfExpressionTerm({ weights: options.selfExpressionWeights }),
                ]
              : []),
            ...further,
          ],
        });
      },
    },
  ];
}

interface FullBatchRun {
  readonly phase: string;
  readonly steps: number;
  readonly learningRate: number;
  /** Whether decoders see represented latents. */
  readonly expresses: boolean;
  readonly reconstruct: boolean;
  readonly terms: readonly Term<SubspaceState>[];
  /** Whether the caller's changes to terms are of this run. */
  readonly adjusted?: boolean;
}

/** What a step is given: all samples, and masks where rows are absent. */
interface Batch {
  readonly modalities: readonly {
    readonly x: tf.Tensor;
    /** In the shape of the samples. */
    readonly valueMask: tf.Tensor | undefined;
    readonly rowMask: tf.Tensor | undefined;
  }[];
}

async function runFullBatch(fit: Fit<SubspaceTypes>, run: FullBatchRun): Promise<void> {
  const { network, samples, watch } = fit;
  const layers = run.expresses && fit.helpers.layer !== undefined ? [fit.helpers.layer] : [];
  const trainer = createTrainer<Batch>({
    where: fit.method,
    modules: [network, ...layers],
    adjustments: run.adjusted === true ? fit.terms : [],
    players: [
      player({
        name: 'network',
        groups: [
          {
            modules: [run.reconstruct ? network : network.encoderPart, ...layers],
            optimiser: adam(),
            rate: run.learningRate,
          },
        ],
        forward: (inputs) => forward(fit, inputs, run),
        terms: run.terms,
      }),
    ],
  });
  const batch = batchOf(samples);
  try {
    const phase = `${fit.label}${run.phase}`;
    await trainer.run({ batches: fullBatch(batch), steps: run.steps, phase, ...watch });
  } finally {
    trainer.dispose();
    tf.dispose(
      batch.modalities.flatMap((entry) => Object.values(entry).filter((tensor) => tensor !== undefined)),
    );
  }
}

function batchOf(samples: SubspaceTypes['samples']): Batch {
  return {
    modalities: samples.map(({ x: { shape, values }, present }) => {
      const flags = present && Float32Array.from(present);
      const [n = 0, ...sides] = shape;
      return {
        x: tf.tensor(values, [...shape]),
        valueMask: flags && tf.tensor(flags, [n, ...sides.map(() => 1)]),
        rowMask: flags && tf.tensor(flags, [n, 1]),
      };
    }),
  };
}

function forward(
  { network, samples, helpers: { layer } }: Fit<SubspaceTypes>,
  { modalities }: Batch,
  { reconstruct, expresses }: FullBatchRun,
): SubspaceState {
  const context = { training: true };
  const encoded = network.encode(
    modalities.map(({ x }) => x),
    context,
  );
  const own = encoded.length > 1;
  const masks = encoded.map((_, l) => (own ? modalities[l]!.rowMask : undefined));
  const latents = encoded.map((latent, l) => only(latent, masks[l]));
  const used = expresses ? layer : undefined;
  const represented = used === undefined ? latents : latents.map((latent) => used.apply(latent));
  const decoded = reconstruct ? network.decode(represented, context) : [];
  return {
    latents: latents as tf.Tensor2D[],
    masks,
    rebuilt: decoded.map((output, v) => ({
      name: samples[v]!.name,
      target: modalities[v]!.x,
      output: only(output, modalities[v]!.valueMask),
    })),
    expressed: latents.map((latent, l) => ({
      name: own ? samples[l]!.name : '',
      latent,
      representation: only(represented[l]!, masks[l]),
    })),
    coefficients: used?.coefficients(),
  };
}

function only(x: tf.Tensor, mask: tf.Tensor | undefined): tf.Tensor {
  return mask === undefined ? x : tf.mul(x, mask);
}
