import { defaultSettings } from './default-settings.js';
import type { ResolvedEamcOptions } from './eamc-options.js';
import { paperSettings } from './paper-settings.js';
import type { TrainingSettings } from './training-settings.js';

/** What options of either preset mean for a training. */
export function settingsOf(options: ResolvedEamcOptions): TrainingSettings {
  return options.preset === 'paper' ? paperSettings(options) : defaultSettings(options);
}
