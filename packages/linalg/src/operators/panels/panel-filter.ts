import type { CsrMatrix } from '@crossmodal/core';
import type { SymmetricOperator } from '../symmetric-operator.js';
import type { Factors } from './multiply-rows.js';
import { PANEL } from './panel-kernel.js';
import { panelMemory } from './panel-memory.js';
import type { AddToPanel } from './panel-partitions.js';

/** The part of an operator that panels make faster. */
export type PanelFilter = Required<Pick<SymmetricOperator, 'filter' | 'release'>>;

/** Options of {@link panelFilter}. */
export interface PanelFilterOptions {
  readonly threads: number;
  /** Adds what the matrix has beside its sparse part. */
  readonly addTo?: AddToPanel | undefined;
}

/** Chebyshev polynomials of a symmetric sparse matrix, of eight vectors at a time: a gathered cache line serves them all. */
export function panelFilter(
  matrix: CsrMatrix<Float64Array>,
  { threads, addTo }: PanelFilterOptions,
): PanelFilter {
  const { rows: n } = matrix;
  const { panels, run: runSparse, release } = panelMemory(matrix, threads);
  const run = (source: 0 | 1, factors: Factors): void => {
    runSparse(source, factors);
    addTo?.(panels[source], panels[1 - source]!, factors[0]);
  };
  return {
    filter(vectors, count, degree, { lower, upper }) {
      const radius = (upper - lower) / 2;
      const centre = (upper + lower) / 2;
      for (let c = 0; c < count; c += PANEL) {
        const width = Math.min(PANEL, count - c);
        const own = vectors.subarray(c * n, (c + width) * n);
        interleave(own, panels[0], n, width);
        panels[1].fill(0);
        run(0, [1 / radius, -centre / radius, 0]);
        for (let k = 1; k < degree; k++) run(k % 2 === 0 ? 0 : 1, [2 / radius, (-2 * centre) / radius, -1]);
        separate(panels[degree % 2 === 0 ? 0 : 1], own, n, width);
      }
    },
    release,
  };
}

/** Vectors one after the other into a panel, whose further places become 0. */
function interleave(vectors: Float64Array, panel: Float64Array, n: number, width: number): void {
  if (width < PANEL) panel.fill(0);
  for (let k = 0; k < width; k++)
    for (let i = 0, p = k * n; i < n; i++, p++) panel[PANEL * i + k] = vectors[p]!;
}

/** The first vectors of a panel, one after the other. */
function separate(panel: Float64Array, vectors: Float64Array, n: number, width: number): void {
  for (let k = 0; k < width; k++)
    for (let i = 0, p = k * n; i < n; i++, p++) vectors[p] = panel[PANEL * i + k]!;
}
