import { maskedRows, categoricalKl, crossEntropy, gaussianKl, mutualInformation, type LossTerm } from '@crossmodal/losses';
import { reparameterise } from '@crossmodal/encoders';
import { tf, type TensorRecord } from '@crossmodal/tensors';
import type { DmimOutputs } from './create-network.js';
import type { TrainingContext } from './training-context.js';

/** Which parts of the objective a step has. */
export interface TermSelection {
  /** Heads whose mutual information is maximised: C, C'. */
  readonly heads: readonly ('clustering' | 'overclustering')[];
  /** Whether there are targets for the clustering head. */
  readonly targets: boolean;
}

/** What a step sees of one modality. */
interface Seen extends DmimOutputs {
  /** 1 where the object is present, `[n, 1]`. */
  readonly mask: tf.Tensor | undefined;
}

/**
 * The terms of Eq. 14, from the inputs of one step: samples `x0`, `x1`, ..., masks `m0`, ..., noise `e0`, `g0`, ..., and targets `t0`, ... Where
 * objects have partners, samples are those of the objects and then those of the partners.
 *
 * `L = -sum_pairs w_uv [I_C(u, v) + I_C'(u, v)] + b sum_v w_v KL_v + c sum_v w_v H(t_v, p_v)`.
 */
export function trainingTerms(
  { network, options, modalities, pairs }: TrainingContext,
  { heads, targets }: TermSelection,
  inputs: TensorRecord,
): LossTerm[] {
  const partnered = modalities.every(({ neighbours }) => neighbours !== undefined);
  const seen = modalities.map((_, v): Seen => {
    const noise = options.codes === 'samples' ? (inputs[`e${v}`] as tf.Tensor2D) : undefined;
    const mask = inputs[`m${v}`];
    const outputs = network.apply(inputs[`x${v}`]!, v, { training: true, mask }, noise);
    return { ...outputs, mask };
  });
  const terms: LossTerm[] = [];
  for (const head of heads) {
    for (const { first, second, weight } of pairs) {
      const value = () => information(seen[first]!, seen[second]!, head, partnered);
      const [u, v] = [modalities[first]!.name, modalities[second]!.name];
      const name = head === 'clustering' ? 'information' : 'overclustering information';
      terms.push({ name: `${name} ${u} ${v}`, weight: -weight, value });
    }
  }
  modalities.forEach(({ name, weight }, v) => {
    const share = options.preset === 'paper' ? 1 : weight;
    if (options.superfluous !== 'none') {
      const value = () => superfluous(seen[v]!, v, options, inputs);
      terms.push({ name: `superfluous ${name}`, weight: share * options.superfluousWeight, value });
    }
    if (targets) {
      const { logits, mask } = seen[v]!;
      const value = () => crossEntropy(logits, inputs[`t${v}`] as tf.Tensor2D, mask ? { mask } : {});
      terms.push({ name: `targets ${name}`, weight: share * options.targetWeight, value });
    }
  });
  return terms;
}

/** Mutual information between one modality of objects and the other of their partners, both ways in one joint. */
function information(a: Seen, b: Seen, head: TermSelection['heads'][number], partnered: boolean): tf.Scalar {
  return tf.tidy(() => {
    const [p, q] = [a, b].map((side) =>
      tf.softmax((head === 'clustering' ? side.logits : side.overLogits)!),
    ) as [tf.Tensor2D, tf.Tensor2D];
    const across = (x: tf.Tensor) => (partnered ? exchanged(x) : x);
    const other = b.mask === undefined ? undefined : across(b.mask);
    const mask = a.mask === undefined ? other : other === undefined ? a.mask : maskedRows(a.mask, other);
    return mutualInformation(p, across(q) as tf.Tensor2D, mask === undefined ? {} : { mask });
  });
}

/** Objects and partners in each other's place. */
function exchanged(x: tf.Tensor): tf.Tensor {
  const half = x.shape[0]! / 2;
  return tf.concat([tf.slice(x, half, half), tf.slice(x, 0, half)], 0);
}

function superfluous(
  { gaussians, mask }: Seen,
  v: number,
  options: TrainingContext['options'],
  inputs: TensorRecord,
): tf.Scalar {
  const { means, deviations } = gaussians!;
  const masked = mask === undefined ? {} : { mask };
  if (options.superfluous === 'categorical') {
    const noise = inputs[`e${v}`] as tf.Tensor2D;
    return tf.tidy(() => {
      const z = reparameterise({ means, deviations }, noise);
      return categoricalKl(inputs[`g${v}`] as tf.Tensor2D, z, { ...masked, reduction: 'mean' });
    });
  }
  // Eq. 10 sums over the dimensions of a code; a mean keeps the default's weight from growing with them.
  const reduction = options.preset === 'paper' ? 'sampleMean' : 'mean';
  return gaussianKl(means, deviations, { ...masked, reduction });
}
