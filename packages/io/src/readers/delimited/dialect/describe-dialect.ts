import type { Dialect, NumberFormat } from '../table.js';

const DELIMITERS: Readonly<Record<string, string>> = { '\t': 'tabs', blanks: 'blanks' };
const GROUPS: Readonly<Record<string, string>> = {
  ',': 'commas',
  '.': 'points',
  "'": 'apostrophes',
  ' ': 'blanks',
};

/** Puts a dialect together and says it in words. */
export function describeDialect(
  found: Pick<Dialect, 'delimiter' | 'header' | 'headerIsGuess' | 'encoding'> &
    Pick<Partial<Dialect>, 'comments'>,
  formats: readonly NumberFormat[],
  width: number,
): Dialect {
  const commas = formats.filter((format) => format.decimal === ',').length;
  const decimal = commas * 2 > formats.length ? ',' : '.';
  const thousands = [
    ...new Set(formats.flatMap((format) => (format.thousands === '' ? [] : [format.thousands]))),
  ];
  const words = [
    width === 1 ? 'one column' : `separated by ${DELIMITERS[found.delimiter] ?? `'${found.delimiter}'`}`,
  ];
  if (commas === formats.length && commas > 0) words.push('decimal comma');
  else if (commas > 0) words.push(`decimal comma in ${commas} of ${formats.length} columns`);
  for (const sign of thousands) words.push(`thousands separated by ${GROUPS[sign] ?? sign}`);
  words.push(found.header ? 'header' : 'no header');
  if (found.encoding !== 'UTF-8') words.push(found.encoding);
  if (found.comments !== undefined) words.push(`comments after '${found.comments.sign}'`);
  return { ...found, decimal, thousands, words: words.join(', ') };
}
