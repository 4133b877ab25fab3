import { CrossmodalError } from '@crossmodal/core';
import type { Table, TableColumn } from './table.js';

/**
 * The column of a table that has a name.
 *
 * @throws CrossmodalError `not-found` naming the columns there are, or `value` when several columns have the name.
 */
export function selectColumn(table: Table, name: string): TableColumn {
  const [column, other] = table.columns.filter((candidate) => candidate.name === name);
  if (column === undefined) {
    throw new CrossmodalError({
      code: 'not-found',
      where: table.where,
      expected: `a column '${name}'`,
      received: `columns ${listed(table.columns.map((candidate) => candidate.name))}`,
      advice: table.named
        ? 'Check the name.'
        : 'The first line was read as data: say that it is a header, or name one of these.',
    });
  }
  if (other !== undefined) {
    throw new CrossmodalError({
      code: 'value',
      where: table.where,
      expected: `one column '${name}'`,
      received: `columns ${column.position + 1} and ${other.position + 1} of that name`,
      advice: 'Rename one of them in the first line.',
    });
  }
  return column;
}

function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, 20)
    .map((name) => `'${name}'`)
    .join(', ');
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown;
}
