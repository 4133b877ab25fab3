import {
  assignmentEntropy,
  categoricalKl,
  crossEntropy,
  gaussianKl,
  mutualInformation,
  type LossTerm,
} from '@crossmodal/losses';
import { reparameterise } from '@crossmodal/encoders';
import { tf, type TensorRecord } from '@crossmodal/tensors';
import type { DmimOutputs } from './create-network.js';
import type { TrainingContext } from './training-context.js';

/** What a step sees of one modality. */
interface Seen extends DmimOutputs {
  /** 1 where the object is present, `[n, 1]`. */
  readonly mask: tf.Tensor | undefined;
}

/**
 * The terms of Eq. 14, from the inputs of one step: samples `x0`, `x1`, ..., their partners `y0`, ... where objects have some, masks `m0`, ...
 * and `q0`, ... of both, noise `e0`, `f0`, `g0`, ..., and targets `t0`, ...
 *
 * `L = -sum_pairs w_uv [I_C(u, v) + I_C'(u, v)] + b sum_v w_v KL_v + c sum_v w_v uniform_v`.
 */
export function trainingTerms(
  { network, options, modalities, pairs }: TrainingContext,
  inputs: TensorRecord,
): LossTerm[] {
  const see = (x: string, mask: string, noise: string): Seen[] =>
    modalities.map((_, v) => ({
      ...network.apply(
        inputs[`${x}${v}`]!,
        v,
        { training: true },
        options.codes === 'samples' ? (inputs[`${noise}${v}`] as tf.Tensor2D) : undefined,
      ),
      mask: inputs[`${mask}${v}`],
    }));
  const own = see('x', 'm', 'e');
  const partners = 'y0' in inputs ? see('y', 'q', 'f') : own;
  const terms: LossTerm[] = [];
  for (const { first, second, weight } of pairs) {
    const name = `${modalities[first]!.name} ${modalities[second]!.name}`;
    const between = (head: 'logits' | 'overLogits') => () => {
      const forth = information(own[first]!, partners[second]!, head);
      if (partners === own) return forth;
      const back = information(partners[first]!, own[second]!, head);
      return tf.mul(tf.add(forth, back), 0.5) as tf.Scalar;
    };
    terms.push({ name: `information ${name}`, weight: -weight, value: between('logits') });
    if (!options.overclustering) continue;
    terms.push({ name: `overclustering ${name}`, weight: -weight, value: between('overLogits') });
  }
  modalities.forEach(({ name, weight }, v) => {
    const share = options.preset === 'paper' ? 1 : weight;
    if (options.superfluous !== 'none') {
      const value = () => superfluous(own[v]!, v, options, inputs);
      terms.push({ name: `superfluous ${name}`, weight: share * options.superfluousWeight, value });
    }
    const { mask, logits } = own[v]!;
    const masked = mask === undefined ? {} : { mask };
    if (options.uniform === 'targets') {
      const value = () => crossEntropy(logits, inputs[`t${v}`] as tf.Tensor2D, masked);
      terms.push({ name: `uniform ${name}`, weight: share * options.uniformWeight, value });
    } else if (options.uniform === 'entropy') {
      const value = () => tf.tidy(() => assignmentEntropy(tf.softmax(logits) as tf.Tensor2D, masked));
      terms.push({ name: `uniform ${name}`, weight: -share * options.uniformWeight, value });
    }
  });
  return terms;
}

function information(a: Seen, b: Seen, head: 'logits' | 'overLogits'): tf.Scalar {
  return tf.tidy(() => {
    const mask = a.mask === undefined ? b.mask : b.mask === undefined ? a.mask : tf.mul(a.mask, b.mask);
    const [p, q] = [tf.softmax(a[head]!) as tf.Tensor2D, tf.softmax(b[head]!) as tf.Tensor2D];
    return mutualInformation(p, q, mask === undefined ? {} : { mask });
  });
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
    const z = reparameterise(gaussians!, inputs[`e${v}`] as tf.Tensor2D);
    return categoricalKl(inputs[`g${v}`] as tf.Tensor2D, z, { ...masked, reduction: 'mean' });
  }
  // Eq. 10 sums over the dimensions of a code; a mean keeps the default's weight from growing with them.
  const reduction = options.preset === 'paper' ? 'sampleMean' : 'mean';
  return gaussianKl(means, deviations, { ...masked, reduction });
}
