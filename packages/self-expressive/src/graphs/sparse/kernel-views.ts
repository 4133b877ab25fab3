import type { CoefficientRecipe, GraphRecipe } from '../graph-recipe.js';

/** A kernel over some modalities, and the recipes that ask for it. */
export interface KernelView {
  readonly kernel: CoefficientRecipe['kernel'];
  /** Width of the Gaussian lift; 0 for linear kernels. */
  readonly width: number;
  /** Modalities whose kernels are summed. */
  readonly members: readonly number[];
  readonly recipes: readonly CoefficientRecipe[];
}

/**
 * The different kernels that recipes of coefficients ask for, each once: of all modalities for `joint` ones, of each alone for the others.
 *
 * @param count - modalities
 * @param fallback - width of recipes that state none
 */
export function kernelViews(recipes: readonly GraphRecipe[], count: number, fallback: number): KernelView[] {
  const all = Array.from({ length: count }, (_, v) => v);
  const views = new Map<string, { view: KernelView; recipes: CoefficientRecipe[] }>();
  for (const recipe of recipes) {
    if (recipe.kind === 'neighbours') continue;
    const { kernel, scope } = recipe;
    const width = kernel === 'linear' ? 0 : (recipe.width ?? fallback);
    for (const members of scope === 'joint' ? [all] : all.map((v) => [v])) {
      const key = `${kernel} ${width} ${members.join()}`;
      const entry = views.get(key) ?? { view: { kernel, width, members, recipes: [] }, recipes: [] };
      entry.recipes.push(recipe);
      views.set(key, entry);
    }
  }
  return [...views.values()].map(({ view, recipes: own }) => ({ ...view, recipes: own }));
}
