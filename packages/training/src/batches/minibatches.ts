import { CrossmodalError, type RandomSource, type SampleArray } from '@crossmodal/core';
import {
  flattenTensors,
  sampleArraysOf,
  takeRows,
  tf,
  type TensorRecord,
  type TensorsOf,
} from '@crossmodal/tensors';
import type { BatchSource } from './batch-source.js';

/** What {@link minibatches} takes. */
export interface MinibatchOptions<Samples = Readonly<Record<string, SampleArray>>> {
  /** Sample arrays in records and lists, all with the same `n`; row i of each is one object. */
  readonly data: Samples;
  /** Samples a step, `1..n`. */
  readonly batchSize: number;
  /** Whether the remainder of an epoch is left out; it is another shape, so another compilation, and a small one for batch statistics. @defaultValue false */
  readonly dropLast?: boolean;
  /** Decides the order of each epoch. */
  readonly random: RandomSource;
}

/** Minibatches, with the length of an epoch. */
export interface Minibatches<Inputs = TensorRecord> extends BatchSource<Inputs> {
  /** Steps that go once through the data. */
  readonly stepsPerEpoch: number;
  /** Rows of a step, in the order of its batch. */
  rows(step: number): Int32Array;
}

/**
 * Goes through the data in batches, each epoch in a new seeded order that the epoch's number and the source's seed decide alone.
 *
 * @throws CrossmodalError `shape` when arrays have different `n` or their values do not fit; `option` when the batch size is not in `1..n`.
 */
export function minibatches<Samples>({
  data,
  batchSize,
  dropLast = false,
  random,
}: MinibatchOptions<Samples>): Minibatches<TensorsOf<Samples>> {
  const n = commonLength(data);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > n) {
    throw new CrossmodalError({
      code: 'option',
      where: "minibatches option 'batchSize'",
      expected: `an integer in 1..${n}, the number of samples`,
      received: String(batchSize),
    });
  }
  const stepsPerEpoch = dropLast ? Math.floor(n / batchSize) : Math.ceil(n / batchSize);
  let epoch = -1;
  let order = new Int32Array(0);

  const rows = (step: number): Int32Array => {
    const wanted = Math.floor(step / stepsPerEpoch);
    if (wanted !== epoch) {
      epoch = wanted;
      order = Int32Array.from(random.fork(`epoch ${epoch}`).permutation(n));
    }
    const start = (step - epoch * stepsPerEpoch) * batchSize;
    return order.slice(start, start + batchSize);
  };

  return {
    stepsPerEpoch,
    rows,
    batch(step) {
      const inputs = takeRows(data, rows(step));
      return { inputs, dispose: () => tf.dispose(flattenTensors(inputs)) };
    },
  };
}

function commonLength(data: unknown): number {
  let n: number | undefined;
  for (const [name, { shape, values }] of Object.entries(sampleArraysOf(data))) {
    n ??= shape[0] ?? 0;
    const size = shape.reduce((product, axis) => product * axis, 1);
    if (shape[0] !== n || values.length !== size) {
      throw new CrossmodalError({
        code: 'shape',
        where: `minibatches data '${name}'`,
        expected: `${n} samples, ${size} values in shape [${shape.join(', ')}]`,
        received: `${shape[0]} samples, ${values.length} values`,
      });
    }
  }
  if (n === undefined || n === 0) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'minibatches',
      expected: 'one sample at least',
      received: 'none',
    });
  }
  return n;
}
