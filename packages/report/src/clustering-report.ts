import { affinityFigure } from './affinity-figure.js';
import { clusterGroups } from './cluster-groups.js';
import { contingencyFigure } from './contingency-figure.js';
import { escapeHtml } from './escape-html.js';
import type { ClusteringView, ReportContent } from './report-content.js';
import { REPORT_STYLE } from './report-style.js';
import { samplesFigure } from './samples-figure.js';
import { scoreTable } from './score-table.js';

/**
 * Writes a report of clusterings as one HTML page that loads nothing: scores, and for each clustering its affinity ordered by
 * cluster, its contingency table with the true classes, and sample images of each cluster, as far as they are given.
 *
 * @returns the page, text of an `.html` file
 * @throws CrossmodalError `shape` or `value` when labels, classes, affinity and images do not fit together.
 * @example
 * ```ts
 * import { clusteringReport } from '@crossmodal/report';
 *
 * const page = clusteringReport({
 *   title: 'Four objects',
 *   clusterings: [{ name: 'by hand', labels: [0, 0, 1, 1], truth: ['a', 'a', 'b', 'a'] }],
 * });
 * console.log(page.startsWith('<!doctype html>')); // true
 * ```
 */
export function clusteringReport(content: ReportContent): string {
  const { title, lead, facts = [], scores, clusterings, notes = [] } = content;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
${lead === undefined ? '' : `<p class="lead">${escapeHtml(lead)}</p>`}
${facts.length === 0 ? '' : `<dl class="facts">${facts.map(({ label, value }) => `<div><dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>`}
</header>
<main>
${scores === undefined ? '' : `<section aria-label="Scores">${scoreTable(scores)}</section>`}
${clusterings.map(clusteringSection).join('\n')}
${notes.length === 0 ? '' : `<section class="notes" aria-label="Notes"><h2>How to read this</h2><ul>${notes.map((note) => `<li>${escapeHtml(note)}</li>`).join('')}</ul></section>`}
</main>
</body>
</html>
`;
}

function clusteringSection(view: ClusteringView): string {
  const groups = clusterGroups(view.labels, view.truth);
  const sizes = groups.map((group) => group.members.length);
  const span = groups.length === 0 ? '' : ` of ${Math.min(...sizes)} to ${Math.max(...sizes)} objects`;
  return `<section aria-label="${escapeHtml(view.name)}">
<h2>${escapeHtml(view.name)}</h2>
<p class="note">${groups.length} clusters${span}.${view.note === undefined ? '' : ` ${escapeHtml(view.note)}`}</p>
<div class="pair">
${view.affinity === undefined ? '' : affinityFigure(view.affinity, groups)}
${view.truth === undefined ? '' : contingencyFigure(groups, view.labels, view.truth)}
</div>
${view.images === undefined ? '' : samplesFigure(view.images, groups)}
</section>`;
}
