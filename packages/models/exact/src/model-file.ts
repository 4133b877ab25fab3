import { modelHeaderSchema } from '@crossmodal/assembly';
import { packedModality } from '@crossmodal/io';
import { z } from 'zod';

/** Value of `format` in `model.json`. */
export const MODEL_FORMAT = 'crossmodal-exact';
/** Value of `version` in `model.json`; raised when old readers would misread the file. */
export const MODEL_VERSION = 2;

/** Shape of `model.json`. Options are checked when they are resolved again. */
export const modelFile = modelHeaderSchema(MODEL_FORMAT, MODEL_VERSION).extend({
  medians: z.array(z.number().min(0)),
  modalities: z.array(packedModality).min(1),
});

/** Content of `model.json`. */
export type ModelFile = z.infer<typeof modelFile>;
