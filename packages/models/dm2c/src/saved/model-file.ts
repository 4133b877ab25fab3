import { frontEndsSchema, historySchema, modelHeaderSchema, weightsSchema } from '@crossmodal/assembly';
import * as z from 'zod';

/** Value of `format` in `model.json`. */
export const MODEL_FORMAT = 'crossmodal-dm2c';
/** Value of `version` in `model.json`; raised when old readers would misread the file. */
export const MODEL_VERSION = 1;

const size = z.int().min(1);

/** Shape of `model.json`. Options are checked when they are resolved again. */
export const modelFile = modelHeaderSchema(MODEL_FORMAT, MODEL_VERSION).extend({
  frontEnds: frontEndsSchema,
  /** Names of the steps behind each front end; only centring keeps values. */
  steps: z.array(z.array(z.enum(['root', 'unit', 'centre']))),
  sizes: z.array(size).min(2),
  latentSize: size,
  anchor: z.int().min(0),
  live: z.array(z.int().min(0)).min(1),
  weights: weightsSchema,
  assignment: z.enum(['centres', 'neighbours']),
  history: historySchema,
});

/** Content of `model.json`. */
export type ModelFile = z.infer<typeof modelFile>;
