import { addInPlace } from './add-in-place.js';
import type { CoefficientRecipe, GraphRecipe } from '../graph-recipe.js';
import { isJoint } from '../is-joint.js';

/** Kernels of one modality, or sums of them: the linear one, and Gaussian ones by width. */
export interface KernelSet {
  readonly linear: Float32Array;
  readonly gaussian: ReadonlyMap<number, Float32Array>;
}

/** Widths of all the Gaussian kernels that recipes ask for, each once. */
export function widthsOf(recipes: readonly GraphRecipe[], fallback: number): readonly number[] {
  const gaussian = recipes.flatMap((recipe) =>
    recipe.kind !== 'neighbours' && recipe.kernel === 'gaussian' ? [recipe.width ?? fallback] : [],
  );
  return [...new Set(gaussian)];
}

/** The kernel that a recipe asks for. */
export function kernelOf(
  kernels: KernelSet,
  { kernel, width }: CoefficientRecipe,
  fallback: number,
): Float32Array {
  return kernel === 'linear' ? kernels.linear : kernels.gaussian.get(width ?? fallback)!;
}

/** Running sums over modalities of the kernels that joint recipes ask for; equal kernels are summed once. */
export class KernelSums {
  readonly #sums = new Map<string, Float32Array>();
  readonly #joint: readonly CoefficientRecipe[];
  readonly #fallback: number;

  constructor(recipes: readonly GraphRecipe[], fallback: number) {
    this.#joint = recipes.filter(isJoint);
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
  of(recipe: CoefficientRecipe): Float32Array {
    return this.#sums.get(this.#key(recipe))!;
  }

  #key({ kernel, width = this.#fallback }: CoefficientRecipe): string {
    return kernel === 'linear' ? kernel : `${kernel} ${width}`;
  }
}
