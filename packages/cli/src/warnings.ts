/** What a warning is about, for programs that branch on it. */
export type WarningCode =
  | 'left-out-columns'
  | 'left-out-index'
  | 'left-out-labels'
  | 'labels-among-features'
  | 'header'
  | 'numbers'
  | 'axes'
  | 'precision'
  | 'constant-modality'
  | 'duplicated-modality'
  | 'fewer-clusters'
  | 'unequal-clusters'
  | 'diverged-member';

/** Something that a person should know about a result, or about how data were read. */
export interface Warning {
  readonly code: WarningCode;
  /** One sentence. */
  readonly message: string;
}

/** Those that say something new, each once. */
export function distinctWarnings(warnings: readonly Warning[]): readonly Warning[] {
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()];
}

/** Words in a list: `a, b and c`; beyond `most` of them only how many more there are. */
export function listed(words: readonly string[], most = 8): string {
  const shown = words.length > most ? [...words.slice(0, most), `${words.length - most} more`] : words;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)!}`;
}
