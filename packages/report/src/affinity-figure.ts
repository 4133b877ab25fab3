import type { Matrix } from '@crossmodal/core';
import { affinityPicture } from './affinity-picture.js';
import type { ClusterGroup } from './cluster-groups.js';
import { pngDataUri } from './png.js';

const SIDE = 560;
const MARGIN = 30;

/** With fewer pixels than these a cluster's name does not fit beside its block, or above it. */
const LINE_HEIGHT = 11;
const DIGIT_WIDTH = 8;

/** Draws an affinity ordered by cluster as an HTML figure, with the clusters named along two sides. */
export function affinityFigure(affinity: Matrix, groups: readonly ClusterGroup[]): string {
  const n = affinity.rows;
  const picture = affinityPicture(affinity, groups, { size: SIDE });
  const share = (100 * picture.insideShare).toFixed(1);
  const names: string[] = [];
  const lines: string[] = [];
  let rank = 0;
  for (const group of groups) {
    const start = (rank / n) * SIDE;
    const length = (group.members.length / n) * SIDE;
    rank += group.members.length;
    const name = String(group.cluster);
    const middle = MARGIN + start + length / 2;
    if (length >= LINE_HEIGHT) {
      names.push(`<text x="${MARGIN - 9}" y="${(middle + 4).toFixed(1)}" text-anchor="end">${name}</text>`);
    }
    if (length >= DIGIT_WIDTH * (name.length + 0.5)) {
      names.push(`<text x="${middle.toFixed(1)}" y="${MARGIN - 9}" text-anchor="middle">${name}</text>`);
    }
    if (rank < n) {
      const at = (MARGIN + (rank / n) * SIDE).toFixed(1);
      lines.push(`M${at} ${MARGIN - 5}V${MARGIN}M${MARGIN - 5} ${at}H${MARGIN}`);
    }
  }
  const seen = `Affinity between ${n} objects ordered by cluster: ${share} % of it lies inside the ${groups.length} clusters on the diagonal.`;
  return `<figure class="affinity">
<svg viewBox="0 0 ${SIDE + MARGIN + 1} ${SIDE + MARGIN + 1}" role="img" aria-label="${seen}">
<rect x="${MARGIN - 0.5}" y="${MARGIN - 0.5}" width="${SIDE + 1}" height="${SIDE + 1}" class="frame"/>
<path d="${lines.join('')}" class="tick"/>
<image href="${pngDataUri(picture)}" x="${MARGIN}" y="${MARGIN}" width="${SIDE}" height="${SIDE}"/>
${names.join('')}
</svg>
<figcaption><strong>Affinity, ordered by cluster.</strong> Each point is a link between two objects, bolder when stronger:
<span class="key inside">inside a cluster</span>, <span class="key across">across clusters</span>.
${share} % of all affinity lies inside; clean blocks on the diagonal are well-separated clusters.</figcaption>
</figure>`;
}
