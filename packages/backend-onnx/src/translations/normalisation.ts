import type { TranslationTable } from './translation.js';

export const normalisationTranslations: TranslationTable = {};
