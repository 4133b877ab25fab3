import type { TranslationTable } from './translation.js';

export const convolutionTranslations: TranslationTable = {};
