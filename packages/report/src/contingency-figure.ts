import { contingencyTable } from '@crossmodal/metrics';
import { naturalOrder, type ClusterGroup } from './cluster-groups.js';
import { escapeHtml } from './escape-html.js';

/** Writes how true classes fall into clusters as an HTML heat table, one row a cluster, shaded by the share of the cluster. */
export function contingencyFigure(
  groups: readonly ClusterGroup[],
  labels: ArrayLike<number>,
  truth: ArrayLike<number | string>,
): string {
  const table = contingencyTable(Array.from(truth, String), labels);
  const order = table.classes
    .map((name, index) => ({ name: String(name), index }))
    .sort((a, b) => naturalOrder(a.name, b.name));
  const rows = groups.map(({ cluster, members }) => {
    const column = table.clusters.indexOf(cluster);
    const counts = order.map(({ index }) => table.counts[index * table.clusters.length + column]!);
    const largest = Math.max(...counts);
    const cells = counts.map((count) => {
      if (count === 0) return '<td></td>';
      const share = count / members.length;
      const shade = count === largest ? 'most' : 'less';
      // A square root keeps the few misplaced objects visible beside the many.
      return `<td class="${shade}${share > 0.3 ? ' strong' : ''}" style="--share:${(100 * Math.sqrt(share)).toFixed(0)}%">${count}</td>`;
    });
    return `<tr><th scope="row">${cluster}</th>${cells.join('')}</tr>`;
  });
  const agreeing = groups.reduce(
    (sum, group) => sum + group.members.length - (group.strangers?.length ?? 0),
    0,
  );
  const dense = order.length > 14 || groups.length > 14 ? ' dense' : '';
  const heads = order.map(({ name }) => `<th scope="col">${escapeHtml(name)}</th>`);
  return `<figure class="contingency">
<div class="scroll"><table class="heat${dense}">
<thead><tr><th scope="col"><span class="unseen">Cluster</span></th>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
<figcaption><strong>True classes (across) in each cluster (down).</strong> One filled cell a row and a column is a perfect
recovery; <span class="key across">the rest</span> is what was mixed up. ${agreeing} of ${table.n} objects are of their cluster’s majority class.</figcaption>
</figure>`;
}
