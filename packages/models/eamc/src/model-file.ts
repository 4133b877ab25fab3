import {
  frontEndsSchema,
  historySchema,
  modelHeaderSchema,
  networkInputsSchema,
  weightsSchema,
} from '@crossmodal/assembly';
import * as z from 'zod';

/** Value of `format` in `model.json`. */
export const MODEL_FORMAT = 'crossmodal-eamc';
/** Value of `version` in `model.json`; raised when old readers would misread the file. */
export const MODEL_VERSION = 1;

/** Shape of `model.json`. Options are checked when they are resolved again. */
export const modelFile = modelHeaderSchema(MODEL_FORMAT, MODEL_VERSION).extend({
  frontEnds: frontEndsSchema,
  whitening: z.object({ spheres: networkInputsSchema, components: networkInputsSchema }).nullable(),
  weights: weightsSchema,
  // JSON has no infinity, which is the loss of a run that diverged.
  runLosses: z.array(z.number().nullable()),
  history: historySchema,
});

/** Content of `model.json`. */
export type ModelFile = z.infer<typeof modelFile>;
