import * as z from 'zod';

/** Members of one method. */
export interface MemberSpec {
  /** Name of the method. */
  readonly method: string;
  /** How many members it gives, each with a seed of its own, 1 or more. @defaultValue 1 */
  readonly seeds?: number;
  /** Options of the method. @defaultValue its defaults */
  readonly options?: Readonly<Record<string, unknown>>;
}

const TEXT = /^(@?[\w~-][\w.~/-]*)(?::([1-9]\d{0,2}))?$/;
const FORM = "expected METHOD or METHOD:SEEDS, such as 'exact' or 'dmim:3', separated by commas";

const spec = z.strictObject({
  method: z.string().min(1),
  seeds: z.int().min(1).default(1),
  options: z.record(z.string(), z.unknown()).default({}),
});

/** Schema of the option `members`: texts and records in, records out. */
export const membersOption = z
  .union([z.string(), z.array(z.union([z.string(), spec])).min(1)])
  .transform((given, context): Required<MemberSpec>[] => {
    const entries = typeof given === 'string' ? given.split(',') : given;
    return entries.flatMap((entry) => {
      if (typeof entry !== 'string') return [entry];
      const [, method, seeds = '1'] = TEXT.exec(entry.trim()) ?? [];
      if (method !== undefined) return [{ method, seeds: Number(seeds), options: {} }];
      context.addIssue({ code: 'custom', message: FORM });
      return [];
    });
  });

/**
 * The members of a consensus where none are named: `exact` with the graphs of C5, `dmim`, `dmsc` and `eamc`; of one modality those that can do with one.
 *
 * @param modalities - how many there are
 */
export function defaultMembers(modalities: number): readonly Required<MemberSpec>[] {
  const member = (method: string, options = {}) => ({ method, seeds: 1, options });
  const exact = member('exact', { graphs: 'C5' });
  // Mutual information and adversaries are between modalities.
  return modalities < 2 ? [exact, member('dmsc')] : [exact, member('dmim'), member('dmsc'), member('eamc')];
}
