import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';

/**
 * Joint Gram matrix of several modalities, `K = sum of lambda_v G_v`: one self-expression that fits all of them.
 *
 * @param grams - Gram matrices of equal shape `[n, n]`
 * @param weights - one weight `lambda_v >= 0` a modality. @defaultValue all 1
 * @returns shape `[n, n]`
 * @throws CrossmodalError `shape` when there is none, or they differ in shape or from the weights in number; `option` on a negative weight.
 */
export function jointGram(grams: readonly tf.Tensor2D[], weights?: readonly number[]): tf.Tensor2D {
  const lambda = weights ?? grams.map(() => 1);
  if (grams.length === 0 || lambda.length !== grams.length) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'jointGram',
      expected: 'one Gram matrix at least, and a weight for each',
      received: `${grams.length} matrices and ${lambda.length} weights`,
    });
  }
  const shape = grams[0]!.shape.join(', ');
  const other = grams.find((gram) => gram.shape.join(', ') !== shape);
  if (other !== undefined) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'jointGram',
      expected: `Gram matrices of one shape, [${shape}] as the first`,
      received: `[${other.shape.join(', ')}]`,
    });
  }
  const bad = lambda.find((weight) => !(weight >= 0 && weight < Infinity));
  if (bad !== undefined) {
    throw new CrossmodalError({
      code: 'option',
      where: "jointGram argument 'weights'",
      expected: 'finite numbers of 0 or more',
      received: String(bad),
    });
  }
  return tf.tidy(() => {
    const weighted = grams.map((gram, v) =>
      lambda[v] === 1 ? gram : (tf.mul(gram, lambda[v]!) as tf.Tensor2D),
    );
    return weighted.length === 1
      ? (tf.clone(weighted[0]!) as tf.Tensor2D)
      : (tf.addN(weighted) as tf.Tensor2D);
  });
}
