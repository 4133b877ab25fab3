import * as z from 'zod';

/** Schema of a saved history: phase, step, and losses by name. */
const history = z.array(
  z.object({ phase: z.string(), step: z.int(), losses: z.record(z.string(), z.number()) }),
);

const ownParts = z.record(z.string(), z.union([z.string(), z.array(z.string().nullable())]));

/** What `format` in `model.json` says of a method. */
export function formatOf(method: string): string {
  return `crossmodal-${method}`;
}

/**
 * Schema of `model.json`. Options are checked when they are resolved again, and the states of parts by the schemas of these.
 *
 * @param method - its name
 * @param version - raised when old readers would misread the file
 */
export function modelFileSchema(method: string, version: number) {
  return z.object({
    format: z.literal(formatOf(method)),
    version: z.literal(version),
    options: z.record(z.string(), z.unknown()),
    ownParts,
    clusters: z.int().min(1),
    seed: z.int().min(0),
    seconds: z.object({ fit: z.number(), affinity: z.number(), assign: z.number() }),
    weights: z.array(z.array(z.int().min(0))),
    state: z.unknown(),
    history,
  });
}

/** Content of `model.json`. */
export type ModelFile = z.infer<ReturnType<typeof modelFileSchema>>;
