import type { StagePlayers } from '@crossmodal/method';

/** Options of {@link subspacePlayers}. */
export interface SubspacePlayersOptions {
  /** Steps or epochs of the stage. */
  readonly steps: number;
  /** Whether decoders take part. @defaultValue true */
  readonly reconstruct?: boolean;
  /** Whether latents represent each other. @defaultValue true */
  readonly selfExpression?: boolean;
  /** Whether the coefficients of that are trained, and not solved. @defaultValue false */
  readonly coefficients?: boolean;
  /** Other terms. @defaultValue none */
  readonly further?: readonly { readonly name: string }[];
}

/**
 * The one player of a stage that trains networks of self-expressive latents, with the names of its terms; none where the stage has no steps.
 *
 * @example
 * ```ts
 * console.log(subspacePlayers({ steps: 10 })); // network: reconstruction, self-expression
 * ```
 */
export function subspacePlayers({
  steps,
  reconstruct = true,
  selfExpression = true,
  coefficients = false,
  further = [],
}: SubspacePlayersOptions): StagePlayers {
  if (steps === 0) return {};
  const expressed = [...(coefficients ? ['coefficients'] : []), 'self-expression'];
  const network = [
    ...(reconstruct ? ['reconstruction'] : []),
    ...(selfExpression ? expressed : []),
    ...further.map(({ name }) => name),
  ];
  return { network };
}
