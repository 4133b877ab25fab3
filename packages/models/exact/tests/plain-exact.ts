/** The method once more, in plain loops over plain rows, from the formulas of docs/methods/exact.md; it shares no code with the package. */
import { dot, eigenpairs, inverse, mean, median, table, total, unit, type Rows } from './plain-algebra.js';
import { onSphere } from './plain-places.js';

/** One modality: one row per object, `undefined` where it is absent. */
export type PlainModality = readonly (readonly number[] | undefined)[];

interface NeighbourRecipe {
  readonly nearest: number;
  readonly scale: number;
  readonly joint: false;
}

interface CoefficientRecipe {
  readonly kernel: 'gaussian' | 'linear';
  readonly joint: boolean;
  readonly ridge: number;
  readonly neighbours: number;
  readonly positive: boolean;
}

type Recipe = CoefficientRecipe | NeighbourRecipe;

const F2: readonly Recipe[] = [{ kernel: 'gaussian', joint: true, ridge: 5, neighbours: 5, positive: false }];
const R: readonly Recipe[] = [
  { kernel: 'gaussian', joint: true, ridge: 5, neighbours: 5, positive: false },
  { kernel: 'gaussian', joint: true, ridge: 20, neighbours: 7, positive: false },
  { kernel: 'linear', joint: true, ridge: 30, neighbours: 5, positive: true },
  { kernel: 'linear', joint: false, ridge: 10, neighbours: 3, positive: true },
];
const C5: readonly Recipe[] = [
  { kernel: 'gaussian', joint: true, ridge: 5, neighbours: 5, positive: false },
  { kernel: 'linear', joint: true, ridge: 30, neighbours: 5, positive: true },
  { kernel: 'linear', joint: false, ridge: 10, neighbours: 3, positive: true },
  { kernel: 'gaussian', joint: false, ridge: 3, neighbours: 4, positive: false },
  { nearest: 5, scale: 7, joint: false },
];
/** In place of any of these where all modalities are places. */
const N5: readonly Recipe[] = [
  { nearest: 5, scale: 7, joint: false },
  { nearest: 7, scale: 7, joint: false },
  { nearest: 10, scale: 10, joint: false },
  { nearest: 15, scale: 15, joint: false },
  { nearest: 20, scale: 20, joint: false },
];
export const PLAIN_RECIPES = { R, F2, C5, N5 } as const;

const root = (row: readonly number[]) => unit(row.map((x) => Math.sign(x) * Math.sqrt(Math.abs(x))));

/** Features of training rows, and of other rows by what the training rows teach. */
function features(training: PlainModality, rows: PlainModality): PlainModality {
  const raw = training.filter((row) => row !== undefined);
  const few = raw[0]!.length <= 4;
  if (few) {
    const map = onSphere(raw);
    return rows.map((row) => row && map(row));
  }
  const known = raw.map(root);
  const means = known[0]!.map((_, j) => known.reduce((sum, row) => sum + row[j]!, 0) / known.length);
  return rows.map((row) => row && unit(root(row).map((x, j) => x - means[j]!)));
}

interface Part {
  readonly weight: number;
  readonly row: readonly number[];
}

/** What stands for row `i` of modality `v`: itself, or the weighted training rows that fill it. */
function partsOf(
  fitted: readonly PlainModality[],
  given: readonly PlainModality[],
  v: number,
  i: number,
): Part[] {
  const own = given[v]![i];
  if (own !== undefined) return [{ weight: 1, row: own }];
  const there = fitted[v]!.flatMap((row, j) => (row === undefined ? [] : [{ row, j }]));
  const similar = there.map(({ row, j }) => ({
    row,
    weight: given.reduce((sum, { [i]: a }, u) => {
      const b = fitted[u]![j];
      return a === undefined || b === undefined ? sum : sum + dot(a, b);
    }, 0),
  }));
  const used = similar.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  const best = used.length > 0 ? used.slice(0, 10) : there.map(({ row }) => ({ row, weight: 1 }));
  const sum = best.reduce((most, { weight }) => most + weight, 0);
  return best.map(({ row, weight }) => ({ row, weight: weight / sum }));
}

interface PlainKernels {
  readonly linear: Rows;
  readonly gaussian: Rows;
  /** Squared lengths of the rows, and of the training rows. */
  readonly squares: readonly number[];
  readonly trainingSquares: readonly number[];
  /** Which rows, and which training rows, have the modality. */
  readonly rows: readonly boolean[];
  readonly training: readonly boolean[];
}

/** Squared distance of two rows. */
const apart = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, x, j) => sum + (x - b[j]!) ** 2, 0);

/** Linear and Gaussian kernel of rows with training rows, one pair per modality; a row that is absent in one is the mean of those that fill it. */
function kernels(training: readonly PlainModality[], rows: readonly PlainModality[]): PlainKernels[] {
  const fitted = training.map((modality) => features(modality, modality));
  const given = training.map((modality, v) => features(modality, rows[v]!));
  return fitted.map((modality, v) => {
    const pairs: number[] = [];
    const present = modality.filter((row) => row !== undefined);
    for (const [i, row] of present.entries())
      for (const other of present.slice(i + 1)) pairs.push(apart(row, other));
    const scale = 3 * median(pairs);
    const left = given[v]!.map((_, i) => partsOf(fitted, given, v, i));
    const right = modality.map((_, j) => partsOf(fitted, fitted, v, j));
    const product = (lift: (a: readonly number[], b: readonly number[]) => number) =>
      table(left.length, right.length, (i, j) =>
        left[i]!.reduce(
          (sum, a) =>
            sum + right[j]!.reduce((inner, b) => inner + a.weight * b.weight * lift(a.row, b.row), 0),
          0,
        ),
      );
    return {
      linear: product(dot),
      gaussian: product((a, b) => Math.exp(-apart(a, b) / scale)),
      squares: given[v]!.map((row) => (row === undefined ? 0 : dot(row, row))),
      trainingSquares: modality.map((row) => (row === undefined ? 0 : dot(row, row))),
      rows: given[v]!.map((row) => row !== undefined),
      training: modality.map((row) => row !== undefined),
    };
  });
}

const precision = (kernel: Rows, ridge: number) =>
  inverse(kernel.map((row, i) => row.map((x, j) => x + (i === j ? ridge : 0))));

/** The `k` largest entries of a row by size, divided by the largest. */
function strongest(row: readonly number[], { neighbours, positive }: CoefficientRecipe): number[] {
  const sizes = row.map((x) => (positive ? Math.max(x, 0) : Math.abs(x)));
  const kept = sizes.toSorted((a, b) => b - a)[Math.min(neighbours, sizes.length) - 1]!;
  const largest = Math.max(...sizes);
  return sizes.map((x) => (x > 0 && x >= kept ? x / largest : 0));
}

/** `T(S[M, rho], k)` with `M (M + rho)^-1 = H`, `S_ij = H_ij / (1 - H_ii)`. */
function graph(kernel: Rows, ridge: number, recipe: CoefficientRecipe): Rows {
  const inverted = precision(kernel, ridge);
  const h = table(kernel.length, kernel.length, (i, j) => (i === j ? 1 : 0) - ridge * inverted[i]![j]!);
  const rows = h.map((row, i) => {
    const coefficients = row.map((x, j) => (i === j ? 0 : x / (1 - row[i]!)));
    return strongest(coefficients, recipe);
  });
  return symmetric(rows);
}

const symmetric = (rows: Rows): Rows =>
  table(rows.length, rows.length, (i, j) => (rows[i]![j]! + rows[j]![i]!) / 2);

/** The nearest training rows of a row, nearest first; none where either lacks the modality. */
function nearestTo(own: PlainKernels, i: number, count: number, self: boolean) {
  const { linear, rows, training, squares, trainingSquares } = own;
  if (!rows[i]) return [];
  return linear[i]!.map((gram, j) => ({
    j,
    distance: Math.max(squares[i]! + trainingSquares[j]! - 2 * gram, 1e-9),
  }))
    .filter(({ j }) => training[j] && !(self && j === i))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, count);
}

/** Self-tuning weights of the nearest training rows, each row divided by its largest. */
function neighbourRows(own: PlainKernels, given: PlainKernels, { nearest, scale }: NeighbourRecipe): Rows {
  const distanceOf = (list: readonly { distance: number }[]) => Math.sqrt(list.at(-1)?.distance ?? 0);
  const scales = own.linear.map((_, j) => distanceOf(nearestTo(own, j, scale, true)));
  return given.linear.map((gram, i) => {
    const list = nearestTo(given, i, scale, given === own);
    const row = gram.map(() => 0);
    for (const { j, distance } of list.slice(0, nearest))
      row[j] = Math.exp(-distance / (distanceOf(list) * scales[j]!));
    const largest = Math.max(...row, 1e-12);
    return row.map((x) => x / largest);
  });
}

/** The graphs of a set of recipes, all ridges times `factor`. */
export function plainGraphs(
  modalities: readonly PlainModality[],
  set: keyof typeof PLAIN_RECIPES,
  factor: number,
): Rows[] {
  const each = kernels(modalities, modalities);
  return PLAIN_RECIPES[set].map((recipe) => {
    if ('nearest' in recipe) return mean(each.map((own) => symmetric(neighbourRows(own, own, recipe))));
    const own = each.map((kernel) => kernel[recipe.kernel]);
    const used = recipe.joint ? [total(own)] : own;
    return mean(used.map((kernel) => graph(kernel, recipe.ridge * factor, recipe)));
  });
}

/** Weighted sum of graphs; their mean without weights. */
export function plainSum(
  graphs: readonly Rows[],
  weights: readonly number[] = graphs.map(() => 1 / graphs.length),
): Rows {
  return total(graphs.map((rows, g) => rows.map((row) => row.map((x) => x * weights[g]!))));
}

/** Votes for each label by new rows, shape `[m, clusters]`. */
export function plainVotes(
  modalities: readonly PlainModality[],
  given: readonly PlainModality[],
  labels: ArrayLike<number>,
  options: {
    readonly set: keyof typeof PLAIN_RECIPES;
    readonly factor: number;
    readonly clusters: number;
    readonly weights?: readonly number[];
  },
): Rows {
  const own = kernels(modalities, modalities);
  const cross = kernels(modalities, given);
  const graphs = PLAIN_RECIPES[options.set].map((recipe) => {
    if ('nearest' in recipe) return mean(own.map((kernel, v) => neighbourRows(kernel, cross[v]!, recipe)));
    const [fitted, fresh] = [own, cross].map((each) => {
      const all = each.map((kernel) => kernel[recipe.kernel]);
      return recipe.joint ? [total(all)] : all;
    });
    return mean(
      fitted!.map((kernel, v) => {
        const inverted = precision(kernel, recipe.ridge * options.factor);
        return fresh![v]!.map((row) =>
          strongest(
            inverted.map((column) => dot(row, column)),
            recipe,
          ),
        );
      }),
    );
  });
  return plainSum(graphs, options.weights).map((row) =>
    Array.from({ length: options.clusters }, (_, c) =>
      row.reduce((sum, weight, j) => sum + (labels[j] === c ? weight : 0), 0),
    ),
  );
}

/** Products of the rows of the embedding, which do not depend on the signs of eigenvectors. */
export function plainEmbeddingGram(
  affinity: Rows,
  options: { readonly clusters: number; readonly extra: number; readonly bandwidth: number },
): Rows {
  const { clusters, extra, bandwidth } = options;
  const degrees = affinity.map((row) => row.reduce((sum, x) => sum + x, 0));
  const { values, vectors } = eigenpairs(
    affinity.map((row, i) => row.map((x, j) => x / Math.sqrt(degrees[i]! * degrees[j]!))),
  );
  const clipped = values.slice(0, clusters + extra).map((w) => Math.max(w, 0));
  const gap = Math.max(1 - clipped[clusters - 1]!, 1e-3);
  const rows = affinity.map((_, i) =>
    unit(clipped.map((w, j) => vectors[j]![i]! * Math.exp((-bandwidth * (1 - w)) / gap))),
  );
  return rows.map((a) => rows.map((b) => dot(a, b)));
}

/** Sum over rows of the squared distance to the mean of their label. */
export function plainInertia(rows: Rows, labels: ArrayLike<number>): number {
  let inertia = 0;
  for (const label of new Set(Array.from(labels))) {
    const own = rows.filter((_, i) => labels[i] === label);
    const centre = own[0]!.map((_, j) => own.reduce((sum, row) => sum + row[j]!, 0) / own.length);
    for (const row of own) inertia += row.reduce((sum, x, j) => sum + (x - centre[j]!) ** 2, 0);
  }
  return inertia;
}
