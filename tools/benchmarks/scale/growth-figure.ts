/** One fit, as it is drawn. */
export interface GrowthPoint {
  /** Line that the point belongs to. */
  readonly method: string;
  readonly n: number;
  readonly seconds: number;
  /** GiB. */
  readonly peak: number;
}

const COLOURS = ['#2b6cb0', '#c05621', '#2f855a', '#805ad5', '#b83280', '#4a5568'];
const [WIDTH, HEIGHT] = [420, 320];
const MARGIN = { left: 56, right: 84, top: 34, bottom: 44 };

/** Seconds and peak memory of fits against the number of samples, both axes logarithmic, one line per method: an SVG picture. */
export function growthFigure(points: readonly GrowthPoint[]): string {
  const panels = [
    panel(points, { title: 'Seconds', value: ({ seconds }) => seconds }),
    panel(points, { title: 'Peak memory, GiB', value: ({ peak }) => peak }),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="11" role="img" aria-label="Seconds and peak memory against the number of samples">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...panels.map((content, p) => `<g transform="translate(${p * WIDTH} 0)">\n${content}\n</g>`),
    '</svg>\n',
  ].join('\n');
}

interface Quantity {
  readonly title: string;
  readonly value: (point: GrowthPoint) => number;
}

function panel(points: readonly GrowthPoint[], { title, value }: Quantity): string {
  const x = logScale(
    points.map(({ n }) => n),
    [MARGIN.left, WIDTH - MARGIN.right],
  );
  const y = logScale(points.map(value), [HEIGHT - MARGIN.bottom, MARGIN.top]);
  const methods = [...new Set(points.map(({ method }) => method))];
  const lines = methods.map((method, m) => {
    const own = points.filter((point) => point.method === method).sort((a, b) => a.n - b.n);
    const colour = COLOURS[m % COLOURS.length]!;
    const places = own.map((point) => [x.at(point.n), y.at(value(point))] as const);
    const dots = places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="2.5" fill="${colour}"/>`);
    const line = `<polyline fill="none" stroke="${colour}" stroke-width="1.6" points="${places.map(([px, py]) => `${px},${py}`).join(' ')}"/>`;
    return { method, colour, end: places.at(-1)!, drawn: line + dots.join('') };
  });
  return [
    `<text x="${MARGIN.left}" y="18" font-weight="600">${title}</text>`,
    ...x.ticks.map(
      (tick) =>
        `<line x1="${x.at(tick)}" x2="${x.at(tick)}" y1="${MARGIN.top}" y2="${HEIGHT - MARGIN.bottom}" stroke="#e2e8f0"/><text x="${x.at(tick)}" y="${HEIGHT - MARGIN.bottom + 16}" text-anchor="middle">${tick.toLocaleString('en')}</text>`,
    ),
    ...y.ticks.map(
      (tick) =>
        `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y.at(tick)}" y2="${y.at(tick)}" stroke="#e2e8f0"/><text x="${MARGIN.left - 6}" y="${y.at(tick) + 4}" text-anchor="end">${tick}</text>`,
    ),
    `<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 8}" text-anchor="middle">samples</text>`,
    ...lines.map(({ drawn }) => drawn),
    ...apart(lines).map(
      ({ method, colour, end, labelY }) =>
        `<text x="${end[0] + 7}" y="${labelY + 4}" fill="${colour}" font-weight="600">${escaped(method)}</text>`,
    ),
  ].join('\n');
}

/** A logarithmic axis over the values, widened to whole powers of ten or their halves where these are near. */
function logScale(values: readonly number[], [from, to]: readonly [number, number]) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const ticks = ticksBetween(least, most);
  const low = Math.log(Math.min(least, ticks[0] ?? least));
  const high = Math.log(Math.max(most, ticks.at(-1) ?? most));
  const at = (value: number): number =>
    Math.round(10 * (from + ((Math.log(value) - low) / Math.max(1e-9, high - low)) * (to - from))) / 10;
  return { at, ticks };
}

/** Powers of ten about the range; with less than one decade also their double and five times. */
function ticksBetween(least: number, most: number): number[] {
  const steps = Math.log10(most / least) < 1 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++)
    ticks.push(...steps.map((step) => Number((step * 10 ** power).toPrecision(1))));
  const first = Math.max(
    0,
    ticks.findLastIndex((tick) => tick <= least),
  );
  const last = ticks.findIndex((tick) => tick >= most);
  return ticks.slice(first, last < 0 ? undefined : last + 1);
}

/** Labels beside the ends of their lines, moved so that they do not cover each other. */
function apart<T extends { readonly end: readonly [number, number] }>(
  lines: readonly T[],
): (T & { labelY: number })[] {
  let above = -Infinity;
  return [...lines]
    .sort((a, b) => a.end[1] - b.end[1])
    .map((line) => {
      above = Math.max(line.end[1], above + 13);
      return { ...line, labelY: above };
    });
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
