import { escapeHtml } from './escape-html.js';
import type { Score, ScoreColumn, ScoreRow, ScoreTable } from './report-content.js';

/** Writes a table of scores as HTML: a bar for each share, the best of each column in bold, mean ± standard deviation. */
export function scoreTable(table: ScoreTable): string {
  const { caption, columns, rows } = table;
  const best = new Map(columns.map((column) => [column.key, bestOf(column, rows)]));
  const head = columns.map(
    ({ label, title = label }) =>
      `<th scope="col"><abbr title="${escapeHtml(title)}">${escapeHtml(label)}</abbr></th>`,
  );
  const body = rows.map((row) => {
    const cells = columns.map((column) => cell(column, row.scores[column.key], best.get(column.key)));
    const detail = row.detail === undefined ? '' : `<small>${escapeHtml(row.detail)}</small>`;
    return `<tr${row.emphasis ? ' class="ours"' : ''}><th scope="row">${escapeHtml(row.name)}${detail}</th>${cells.join('')}</tr>`;
  });
  return `<div class="scroll"><table class="scores">
<caption>${escapeHtml(caption)}</caption>
<thead><tr><th scope="col">Method</th>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table></div>`;
}

/** The best mean of a column as it is printed, so that equal figures are marked alike. */
function bestOf({ key, kind }: ScoreColumn, rows: readonly ScoreRow[]): string | undefined {
  if (kind === 'seconds') return undefined;
  const means = rows.flatMap((row) => row.scores[key]?.mean ?? []);
  return means.length < 2 ? undefined : Math.max(...means).toFixed(3);
}

function cell({ kind = 'share' }: ScoreColumn, score: Score | undefined, best: string | undefined): string {
  if (score === undefined) return '<td class="none">–</td>';
  const digits = kind === 'share' ? 3 : score.mean < 10 ? 2 : 1;
  const mean = score.mean.toFixed(digits);
  const spread = score.std === undefined ? '' : `<small>± ${score.std.toFixed(digits)}</small>`;
  if (kind === 'seconds') return `<td class="seconds">${mean} s${spread}</td>`;
  const width = (100 * Math.max(0, Math.min(1, score.mean))).toFixed(1);
  const figure = mean === best ? `<b>${mean}</b>` : mean;
  return `<td><span class="bar" style="--share:${width}%"></span>${figure}${spread}</td>`;
}
