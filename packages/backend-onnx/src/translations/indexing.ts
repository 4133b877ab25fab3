import type { TranslationTable } from './translation.js';

export const indexingTranslations: TranslationTable = {};
