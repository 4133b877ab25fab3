import { oneLine } from '../cell.js';
import { unitOf } from '../header/unit.js';
import type { TableColumn, TableOptions } from '../table.js';
import type { FilledColumn, FilledTable } from './fill-columns.js';
import { countsRows, indexReason } from './index-reason.js';
import type { ColumnPlan } from './plan-columns.js';

/** What {@link buildColumns} needs beside the cells. */
export interface BuildOptions {
  readonly plans: readonly ColumnPlan[];
  readonly names: readonly string[] | undefined;
  readonly hasRowNames: boolean;
  readonly missing: NonNullable<TableOptions['missing']>;
}

/** Describes every column: its kind, its role, and what a user should know about it. */
export function buildColumns(filled: FilledTable, options: BuildOptions): TableColumn[] {
  const { plans, names, hasRowNames, missing } = options;
  return filled.columns.map((column, position) => {
    const plan = plans[position]!;
    const given = names === undefined ? undefined : oneLine(names[position]!);
    const items = plan.kind === 'text' ? column.items : undefined;
    const reason =
      hasRowNames && position === 0
        ? 'it holds the row names'
        : indexReason({ name: given, position, items, slot: column.slot }, filled);
    const base = {
      name: given === undefined || given === '' ? `column${position + 1}` : given,
      position,
      missing: column.missing,
      ...(reason === undefined ? { role: 'data' as const } : { role: 'index' as const, reason }),
    };
    const content = contentOf(column, plan, missing);
    const counts =
      content.kind === 'number' &&
      reason === undefined &&
      filled.rows >= 8 &&
      countsRows(filled, content.slot);
    return { ...base, ...(counts ? { note: 'it counts the rows' } : {}), ...content };
  });
}

type Content = TableColumn extends infer Column
  ? Column extends TableColumn
    ? Omit<Column, 'name' | 'position' | 'missing' | 'role' | 'reason'>
    : never
  : never;

function contentOf(column: FilledColumn, plan: ColumnPlan, missing: 'refuse' | 'nan'): Content {
  const { slot, items, numeric, firstMissing, firstOther } = column;
  switch (plan.kind) {
    case 'empty':
      return { kind: 'empty', isBlank: !column.isMarked, ...(firstMissing ?? { line: 0, cell: '' }) };
    case 'text': {
      const unit = numeric === 0 ? unitOf(items) : undefined;
      const note = unit === undefined ? {} : { unit, note: `numbers with the unit '${unit}'` };
      return { kind: 'text', items, numeric, ...note };
    }
    case 'number':
    case 'boolean': {
      const refused = firstOther ?? (missing === 'refuse' ? firstMissing : undefined);
      if (refused !== undefined)
        return { kind: 'refused', ...refused, isMissing: firstOther === undefined, numeric };
      return {
        kind: 'number',
        slot,
        format: plan.format,
        isBoolean: plan.kind === 'boolean',
        ...noteOf(column, plan),
      };
    }
  }
}

function noteOf(column: FilledColumn, { isAmbiguous, format }: ColumnPlan): { readonly note?: string } {
  if (column.isRounded) return { note: 'whole numbers with more digits than a double holds' };
  if (!isAmbiguous) return {};
  return {
    note: `numbers such as 1,234, read ${format.decimal === ',' ? 'with a decimal comma' : 'as thousands'}`,
  };
}
