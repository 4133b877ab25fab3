import type { ImageModality } from '@crossmodal/core';
import type { ClusterGroup } from './cluster-groups.js';
import { escapeHtml } from './escape-html.js';
import { imageStrip, valueRange } from './image-strip.js';
import { pngDataUri } from './png.js';

const TYPICAL = 16;
const STRANGERS = 6;

/** Shows sample images of each cluster as an HTML figure: members at even steps, and members of another true class apart. */
export function samplesFigure(images: ImageModality, groups: readonly ClusterGroup[]): string {
  const range = valueRange(images);
  const known = groups.some((group) => group.strangers !== undefined);
  const strip = (objects: Int32Array, says: string): string => {
    if (objects.length === 0) return '<span class="none">none has an image</span>';
    const picture = imageStrip(images, objects, range);
    return `<img src="${pngDataUri(picture)}" width="${picture.width}" height="${picture.height}" alt="${escapeHtml(says)}">`;
  };
  // An absent row has no image to show.
  const shown = (objects: Int32Array) => objects.filter((i) => images.present?.[i] !== 0);
  const rows = groups.map(({ cluster, members, majority, strangers }) => {
    const of = majority === undefined ? '' : `<small>mostly ${escapeHtml(majority)}</small>`;
    const typical = strip(evenly(shown(members), TYPICAL), `Images of cluster ${cluster}`);
    const odd =
      strangers === undefined || strangers.length === 0
        ? `<span class="none">${known ? 'none' : ''}</span>`
        : `${strip(evenly(shown(strangers), STRANGERS), `Images in cluster ${cluster} of another class than ${majority}`)}<small>${strangers.length}</small>`;
    return `<tr><th scope="row"><b>${cluster}</b>${of}</th><td class="count">${members.length}</td><td class="strip">${typical}</td>${known ? `<td class="strip odd">${odd}</td>` : ''}</tr>`;
  });
  return `<figure class="samples">
<div class="scroll"><table>
<thead><tr><th scope="col">Cluster</th><th scope="col">Objects</th><th scope="col">Members, at even steps</th>${known ? '<th scope="col">Of another class</th>' : ''}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>
<figcaption><strong>What each cluster holds.</strong> Members are drawn at even steps through the cluster, not picked to please${known ? '; members whose true class is not the cluster’s majority are shown apart, with their number' : ''}.</figcaption>
</figure>`;
}

/** At most `count` of the objects, at even steps from the first to the last. */
function evenly(objects: Int32Array, count: number): Int32Array {
  if (objects.length <= count) return objects;
  return Int32Array.from(
    { length: count },
    (_, i) => objects[Math.floor((i * (objects.length - 1)) / (count - 1))]!,
  );
}
