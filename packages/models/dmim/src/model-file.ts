import {
  frontEndsSchema,
  historySchema,
  modelHeaderSchema,
  networkInputsSchema,
  weightsSchema,
} from '@crossmodal/assembly';
import * as z from 'zod';

/** Value of `format` in `model.json`. */
export const MODEL_FORMAT = 'crossmodal-dmim';
/** Value of `version` in `model.json`; raised when old readers would misread the file. */
export const MODEL_VERSION = 1;

/** Shape of `model.json`. Options are checked when they are resolved again. */
export const modelFile = modelHeaderSchema(MODEL_FORMAT, MODEL_VERSION).extend({
  /** Left out in the paper's preset, which has none. */
  frontEnds: frontEndsSchema.optional(),
  reductions: networkInputsSchema,
  modalityWeights: z.array(z.number().min(0)).min(2),
  inputSizes: z.array(z.int().min(1)).min(2),
  weights: weightsSchema,
  history: historySchema,
});

/** Content of `model.json`. */
export type ModelFile = z.infer<typeof modelFile>;
