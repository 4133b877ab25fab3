import { convolutionTranslations } from './convolution/convolutions.js';
import { poolingTranslations } from './convolution/pooling.js';
import { binaryTranslations } from './elementwise/binary.js';
import { unaryTranslations } from './elementwise/unary.js';
import { indexingTranslations } from './indexing.js';
import { normalisationTranslations } from './normalisation.js';
import { productTranslations } from './products.js';
import { reductionTranslations } from './reductions.js';
import { shapeTranslations } from './shapes.js';
import type { TranslationTable } from './translation.js';

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
