import { binaryTranslations } from './binary.js';
import { convolutionTranslations } from './convolutions.js';
import { indexingTranslations } from './indexing.js';
import { normalisationTranslations } from './normalisation.js';
import { poolingTranslations } from './pooling.js';
import { productTranslations } from './products.js';
import { reductionTranslations } from './reductions.js';
import { shapeTranslations } from './shapes.js';
import type { TranslationTable } from './translation.js';
import { unaryTranslations } from './unary.js';

/** Every kernel that can become part of a graph. */
export const translations: TranslationTable = {
  ...unaryTranslations,
  ...binaryTranslations,
  ...reductionTranslations,
  ...productTranslations,
  ...shapeTranslations,
  ...indexingTranslations,
  ...normalisationTranslations,
  ...convolutionTranslations,
  ...poolingTranslations,
};
