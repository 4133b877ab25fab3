import type { TranslationTable } from './translation.js';

export const poolingTranslations: TranslationTable = {};
