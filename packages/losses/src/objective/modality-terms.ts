import type { tf } from '@crossmodal/tensors';
import type { Term, TermPart, Weight } from './term.js';

/** A state with modalities that have names and weights. */
export interface ModalitiesState<Modality extends NamedModality = NamedModality> {
  readonly modalities: readonly Modality[];
}

/** What a part of a term needs of a modality. */
export interface NamedModality {
  /** Ends the name of its part in the history. */
  readonly name: string;
  /** Its share in terms that have one part per modality. */
  readonly weight: number;
}

/** A state with pairs of its modalities, by their places, and how much they count. */
export interface PairsState<
  Modality extends NamedModality = NamedModality,
> extends ModalitiesState<Modality> {
  readonly pairs: readonly { readonly first: number; readonly second: number; readonly weight: number }[];
}

/**
 * A term with one part per modality, `w sum_v w_v value(v)`.
 *
 * @param value - a differentiable scalar of one modality
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * interface Seen extends NamedModality { readonly latent: tf.Tensor }
 * const size = modalityTerm('size', 0.1, ({ latent }: Seen) => tf.sum(tf.square(latent)) as tf.Scalar);
 * console.log(size.name); // size
 * ```
 */
export function modalityTerm<Modality extends NamedModality>(
  name: string,
  weight: Weight,
  value: (modality: Modality) => tf.Scalar,
): Term<ModalitiesState<Modality>> {
  return {
    name,
    weight,
    value: ({ modalities }) =>
      modalities.map((modality): TermPart => ({
        name: modality.name,
        weight: modality.weight,
        value: () => value(modality),
      })),
  };
}

/**
 * A term with one part per pair of modalities, `w sum_uv w_uv value(u, v)`, named after both.
 *
 * @param value - a differentiable scalar of two modalities, and of the whole state
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * interface Seen extends NamedModality { readonly assignments: tf.Tensor2D }
 * const information = pairTerm('information', -1, (u: Seen, v: Seen) => mutualInformation(u.assignments, v.assignments));
 * console.log(information.weight); // -1
 * ```
 */
export function pairTerm<
  Modality extends NamedModality,
  State extends PairsState<Modality> = PairsState<Modality>,
>(
  name: string,
  weight: Weight,
  value: (first: Modality, second: Modality, state: State) => tf.Scalar,
): Term<State> {
  return {
    name,
    weight,
    value: (state) =>
      state.pairs.map((pair): TermPart => {
        const [u, v] = [state.modalities[pair.first]!, state.modalities[pair.second]!];
        return { name: `${u.name} ${v.name}`, weight: pair.weight, value: () => value(u, v, state) };
      }),
  };
}
