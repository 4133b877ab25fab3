import * as z from 'zod';

/** Schema of a saved history: phase, step, and losses by name. */
export const historySchema = z.array(
  z.object({ phase: z.string(), step: z.int(), losses: z.record(z.string(), z.number()) }),
);

/** Schema of the saved account of seconds. */
export const secondsSchema = z.object({ fit: z.number(), affinity: z.number(), assign: z.number() });

/** Schema of saved weights: the shape of each variable; the values are arrays of their own. */
export const weightsSchema = z.array(z.array(z.int().min(0)));

/** Schema of saved options; the model resolves them again, which checks them. */
export const optionsSchema = z.custom<object>((value) => typeof value === 'object' && value !== null);

/**
 * What every saved model has in `model.json`: format, version, options, clusters, seed and seconds.
 *
 * @param format - `crossmodal-` and the method
 * @param version - raised when old readers would misread the file
 */
export function modelHeaderSchema<F extends string, V extends number>(format: F, version: V) {
  return z.object({
    format: z.literal(format),
    version: z.literal(version),
    options: optionsSchema,
    clusters: z.int().min(1),
    seed: z.int().min(0),
    seconds: secondsSchema,
  });
}
