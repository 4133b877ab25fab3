import { subspaceModelSchema } from '@crossmodal/assembly';
import type { z } from 'zod';

/** Value of `format` in `model.json`. */
export const MODEL_FORMAT = 'crossmodal-dmsc';
/** Value of `version` in `model.json`; raised when old readers would misread the file. */
export const MODEL_VERSION = 1;

/** Shape of `model.json`. */
export const modelFile = subspaceModelSchema(MODEL_FORMAT, MODEL_VERSION);

/** Content of `model.json`. */
export type ModelFile = z.infer<typeof modelFile>;
