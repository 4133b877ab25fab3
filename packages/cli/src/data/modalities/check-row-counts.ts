import { CrossmodalError, type Modality } from '@crossmodal/core';

/**
 * Checks that paired modalities have the same rows, and names the cure that fits: arrays that are stored with objects as columns have
 * another number of rows and the same number of columns.
 *
 * @throws CrossmodalError `shape` when they have not.
 */
export function checkRowCounts(modalities: readonly Modality[]): void {
  const [first] = modalities;
  const other = modalities.find(({ features }) => features.rows !== first?.features.rows);
  if (first === undefined || other === undefined) return;
  throw new CrossmodalError({
    code: 'shape',
    where: `modality '${other.name}'`,
    expected: `${first.features.rows} rows, as in '${first.name}', since row i of every modality is the same object`,
    received: String(other.features.rows),
    advice: adviceFor(first, other),
  });
}

function adviceFor(first: Modality, other: Modality): string {
  const [a, b] = [first.features, other.features];
  const isWide = a.columns === b.columns && a.columns > Math.max(a.rows, b.rows);
  if (Math.abs(a.rows - b.rows) === 1 && !isWide) {
    return 'If a first line with names was read as a row, or a row as names, say header=yes or header=no.';
  }
  if (a.columns === b.columns) {
    return `Both have ${a.columns} columns: if the columns are the objects, add the key transpose to both.`;
  }
  const turned = b.columns === a.rows ? other : a.columns === b.rows ? first : undefined;
  if (turned !== undefined) {
    return `'${turned.name}' has ${turned.features.columns} columns: if those are the objects, add the key transpose to it.`;
  }
  return 'Choose rows by rows=FIRST:LAST, or give every object a row in every file and add absent=nan.';
}
