import { addInPlace } from './add-in-place.js';
import type { GraphRecipe } from '../graph-recipe.js';

/** Kernels of one modality, or sums of them: the linear one, and Gaussian ones by width. */
export interface KernelSet {
  readonly linear: Float32Array;
  readonly gaussian: ReadonlyMap<number, Float32Array>;
}

/** Widths of all the Gaussian kernels that recipes ask for, each once. */
export function widthsOf(recipes: readonly GraphRecipe[], fallback: number): readonly number[] {
  const gaussian = recipes.filter((recipe) => recipe.kernel === 'gaussian');
  return [...new Set(gaussian.map(({ width = fallback }) => width))];
}

/** The kernel that a recipe asks for. */
export function kernelOf(kernels: KernelSet, { kernel, width }: GraphRecipe, fallback: number): Float32Array {
  return kernel === 'linear' ? kernels.linear : kernels.gaussian.get(width ?? fallback)!;
}

/** Running sums over modalities of the kernels that joint recipes ask for; equal kernels are summed once. */
export class KernelSums {
  readonly #sums = new Map<string, Float32Array>();
  readonly #joint: readonly GraphRecipe[];
  readonly #fallback: number;

  constructor(recipes: readonly GraphRecipe[], fallback: number) {
    this.#joint = recipes.filter((recipe) => recipe.scope === 'joint');
    this.#fallback = fallback;
  }

  add(kernels: KernelSet): void {
    const added = new Set<string>();
    for (const recipe of this.#joint) {
      const key = this.#key(recipe);
      if (added.has(key)) continue;
      added.add(key);
      this.#sums.set(key, addInPlace(this.#sums.get(key), kernelOf(kernels, recipe, this.#fallback)));
    }
  }

  /** The sum that a joint recipe asks for. */
  of(recipe: GraphRecipe): Float32Array {
    return this.#sums.get(this.#key(recipe))!;
  }

  #key({ kernel, width = this.#fallback }: GraphRecipe): string {
    return kernel === 'linear' ? kernel : `${kernel} ${width}`;
  }
}
