import { packedModality } from '@crossmodal/data';
import { z } from 'zod';

/** Value of `format` in `model.json`. */
export const MODEL_FORMAT = 'crossmodal-dmsc';
/** Value of `version` in `model.json`; raised when old readers would misread the file. */
export const MODEL_VERSION = 1;

/** Shape of `model.json`. Options are checked when they are resolved again. */
export const modelFile = z.object({
  format: z.literal(MODEL_FORMAT),
  version: z.literal(MODEL_VERSION),
  options: z.custom<object>((value) => typeof value === 'object' && value !== null),
  clusters: z.int().min(1),
  seed: z.int().min(0),
  medians: z.array(z.number().min(0)).min(1),
  seconds: z.object({ fit: z.number(), affinity: z.number(), assign: z.number() }),
  inputs: z
    .array(
      z.object({
        name: z.string(),
        shape: z.array(z.int().min(1)).min(1),
        transform: z.string(),
        vectors: z.array(z.string()),
        factor: z.number(),
      }),
    )
    .min(1),
  weights: z.array(z.array(z.int().min(0))),
  latents: z.array(packedModality).min(1),
  history: z.array(z.object({ phase: z.string(), step: z.int(), losses: z.record(z.string(), z.number()) })),
});

/** Content of `model.json`. */
export type ModelFile = z.infer<typeof modelFile>;
