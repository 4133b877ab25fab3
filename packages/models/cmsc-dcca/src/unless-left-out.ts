import type { Readout } from '@crossmodal/method';
import type { SubspaceSeen } from '@crossmodal/subspace';
import * as z from 'zod';

/** A readout of self-expression, or another where the option `selfExpression` leaves that out. */
export function unlessLeftOut<A, B, OptionsA, OptionsB>(
  expressed: Readout<SubspaceSeen, A, OptionsA>,
  otherwise: Readout<SubspaceSeen, B, OptionsB>,
): Readout<SubspaceSeen, A | B, OptionsA & OptionsB & { readonly selfExpression: boolean }> {
  const chosen = ({ selfExpression }: { readonly selfExpression: boolean }) =>
    (selfExpression ? expressed : otherwise) as Readout<SubspaceSeen, A | B, OptionsA & OptionsB>;
  const kept = Object.keys(otherwise.options ?? {});
  const idle = Object.keys(expressed.options ?? {}).filter((name) => !kept.includes(name));
  return {
    name: expressed.name,
    ...(expressed.options && { options: expressed.options }),
    unused: [...(expressed.unused ?? []), { when: { selfExpression: false }, options: idle }],
    ...(expressed.reportSchema && { reportSchema: expressed.reportSchema }),
    schema: z.union([expressed.schema, otherwise.schema]),
    needs: (options) => chosen(options).needs?.(options) ?? [],
    fit: (seen, context) => chosen(context.options).fit(seen, context),
    predict: (seen, fitted) => chosen(fitted.options).predict(seen, fitted),
    fits: (state, facts) =>
      (isCentroids(state) ? otherwise : (expressed as Readout<SubspaceSeen, A | B>)).fits?.(
        state as A & B,
        facts,
      ) ?? true,
  };
}

function isCentroids(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'centroids' in state;
}
