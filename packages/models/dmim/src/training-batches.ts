import { pairedInputs } from '@crossmodal/assembly';
import { seededNormal, tf } from '@crossmodal/tensors';
import { minibatches, type BatchSource, type SampleArray } from '@crossmodal/training';
import { neighbourWalk, type NeighbourWalk } from './neighbour-walk.js';
import type { TrainingContext } from './training-context.js';

/** Part of the training after which walks to partners have one step. */
const ANNEALED = 0.7;

/** Which steps batches are for. */
export interface BatchStage {
  /** Number of the first of them in the whole training. */
  readonly first: number;
  /** Objects of each. */
  readonly batchSize: number;
  /** Balanced targets of each modality, shape `[n, k]`. */
  readonly targets?: readonly SampleArray[] | undefined;
}

/** Batches of objects, with partners drawn by walks over neighbours, noise, masks and targets, as the training terms name them. */
export function trainingBatches(context: TrainingContext, stage: BatchStage): BatchSource {
  const { network, options, modalities } = context;
  const { first, batchSize, targets } = stage;
  const random = context.random.fork(`batches ${first}`);
  const data = pairedInputs(
    modalities.map(({ features, present }) => ({ samples: sampleArray(features), present })),
  );
  targets?.forEach((target, v) => (data[`t${v}`] = target));
  const source = minibatches({ data, batchSize, dropLast: true, random });
  const partnered = modalities.every(({ neighbours }) => neighbours !== undefined);
  const walk = partnered ? walkOf(context) : undefined;
  const noisy =
    network.codeSize > 0 && (options.codes === 'samples' || options.superfluous === 'categorical');
  return {
    batch(step) {
      const { inputs: given } = source.batch(step);
      const inputs: Record<string, tf.Tensor> = { ...given };
      const own = random.fork(`step ${first + step}`);
      if (walk !== undefined) {
        const length = walkLength(
          options.preset === 'paper' ? 1 : options.walk,
          (first + step) / options.steps,
        );
        const draws = own.fork('partners');
        const partners = Int32Array.from(source.rows(step), (row) => walk(row, length, draws));
        modalities.forEach(({ features: { columns, values }, present }, v) => {
          const rows = new Float32Array(partners.length * columns);
          partners.forEach((row, i) => {
            rows.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
          });
          inputs[`y${v}`] = tf.tensor2d(rows, [partners.length, columns]);
          if (present === undefined) return;
          const there = Float32Array.from(partners, (row) => present[row]!);
          inputs[`q${v}`] = tf.tensor2d(there, [partners.length, 1]);
        });
      }
      if (noisy) {
        const shape = [batchSize, network.codeSize];
        modalities.forEach((_, v) => {
          inputs[`e${v}`] = seededNormal(shape, own);
          if (walk !== undefined && options.codes === 'samples') inputs[`f${v}`] = seededNormal(shape, own);
          if (options.superfluous === 'categorical') inputs[`g${v}`] = seededNormal(shape, own);
        });
      }
      return { inputs, dispose: () => tf.dispose(inputs) };
    },
  };
}

/** Rows as the training takes them. */
export function sampleArray({
  rows,
  columns,
  values,
}: {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}): SampleArray {
  return { shape: [rows, columns], values };
}

/** Falls in a straight line from `start` to 1, rounded. */
function walkLength(start: number, progress: number): number {
  return Math.max(1, Math.round(start - (start - 1) * Math.min(1, progress / ANNEALED)));
}

function walkOf({ modalities, options }: TrainingContext): NeighbourWalk {
  const count = options.preset === 'paper' ? 1 : options.neighbours;
  return neighbourWalk(
    modalities.map(({ neighbours }) => neighbours!),
    modalities.map(({ weight }) => weight),
    count,
  );
}
