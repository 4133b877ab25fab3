import {
  coefficientNorm,
  reconstruction,
  selfExpression,
  type Term,
  type TermPart,
} from '@crossmodal/losses';
import { tf } from '@crossmodal/tensors';
import type { SubspaceState } from './subspace-state.js';

/**
 * The reconstruction errors `c_v ||X_v - Xhat_v||^2`, one part per modality.
 *
 * @param scales - a factor `c_v` of each value, which the history has too. @defaultValue 1
 * @param weights - the share of each modality in the objective. @defaultValue 1
 */
export function reconstructionTerm({
  weight = 1,
  weights,
  scales,
}: {
  readonly weight?: number;
  readonly weights?: readonly number[];
  readonly scales?: readonly number[];
} = {}): Term<SubspaceState> {
  return {
    name: 'reconstruction',
    weight,
    value: ({ rebuilt }) =>
      rebuilt.map(({ name, target, output }, v): TermPart => ({
        name,
        weight: weights?.[v] ?? 1,
        value: () => scaled(reconstruction(target, output), scales?.[v]),
      })),
  };
}

/**
 * The self-expression errors `c ||Z_l - S Z_l||^2`, one part per latent, or one value where one latent stands for all modalities.
 *
 * @param scale - a factor `c` of each value, which the history has too. @defaultValue 1
 * @param weights - the share of each latent in the objective. @defaultValue 1
 */
export function selfExpressionTerm({
  weight = 1,
  weights,
  scale,
}: {
  readonly weight?: number;
  readonly weights?: readonly number[];
  readonly scale?: number;
} = {}): Term<SubspaceState> {
  return {
    name: 'self-expression',
    weight,
    value: ({ expressed }) =>
      expressed.map(({ name, latent, representation }, l): TermPart => ({
        name,
        weight: weights?.[l] ?? 1,
        value: () => scaled(selfExpression(latent, representation), scale),
      })),
  };
}

/** The squared norm `||S||^2` of trained coefficients. */
export function coefficientTerm(weight: number): Term<SubspaceState> {
  return { name: 'coefficients', weight, value: ({ coefficients }) => coefficientNorm(coefficients!) };
}

function scaled(value: tf.Scalar, factor: number | undefined): tf.Scalar {
  return factor === undefined ? value : (tf.mul(value, factor) as tf.Scalar);
}
