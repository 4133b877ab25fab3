import { flatten, sameShape, batchShape, type Layer } from '@crossmodal/encoders';
import { CrossmodalError } from '@crossmodal/core';
import type { ApplyContext, tf } from '@crossmodal/tensors';
import { fuse } from './fuse.js';
import { fusedShape, type FusionFunction } from './fusion-function.js';

/** One modality on its way to the latent. */
export interface FusionLeaf {
  /** Position of the modality among the inputs. */
  readonly modality: number;
  /** What happens to it before it is merged. */
  readonly layer: Layer;
}

/** A place where branches become one: modalities that belong together, or are weak, can be merged before the others. */
export interface FusionMerge {
  /** How the branches become one. */
  readonly function: FusionFunction;
  /** Two branches or more; one is allowed, for data of a single modality. */
  readonly children: readonly FusionNode[];
  /** What happens to the merged features next. */
  readonly layer: Layer;
}

/** A branch of spatial fusion. */
export type FusionNode = FusionLeaf | FusionMerge;

/** Every layer of a tree, children before their parent, in order. */
export function layersOf(node: FusionNode): Layer[] {
  return 'modality' in node ? [node.layer] : [...node.children.flatMap(layersOf), node.layer];
}

/** The modalities below a node, in order. */
export function modalitiesOf(node: FusionNode): FusionLeaf[] {
  return 'modality' in node ? [node] : node.children.flatMap(modalitiesOf);
}

/** Takes the inputs through a tree to `[n, ...outputShape of its root]`. */
export function encodeTree(node: FusionNode, inputs: readonly tf.Tensor[], context: ApplyContext): tf.Tensor {
  if ('modality' in node) return node.layer.apply(inputs[node.modality]!, context);
  const branches = node.children.map((child) => encodeTree(child, inputs, context));
  const merged = fuse(branches, node.function);
  // A layer of vectors behind maps takes them laid out.
  const needsVectors = node.layer.inputShape.length === 1 && merged.rank > 2;
  return node.layer.apply(
    needsVectors ? flatten(merged.shape.slice(1)).apply(merged, context) : merged,
    context,
  );
}

/**
 * Checks that each merge gives what its layer takes.
 *
 * @throws CrossmodalError `shape` when it does not.
 */
export function checkTree(node: FusionNode): void {
  if ('modality' in node) return;
  node.children.forEach(checkTree);
  const merged = fusedShape(
    node.children.map((child) => child.layer.outputShape),
    node.function,
  );
  const laidOut = [merged.reduce((product, size) => product * size, 1)];
  if (sameShape(merged, node.layer.inputShape) || sameShape(laidOut, node.layer.inputShape)) return;
  throw new CrossmodalError({
    code: 'shape',
    where: 'fusion',
    expected: `a layer that takes the merged features ${batchShape(merged)}`,
    received: `one that takes ${batchShape(node.layer.inputShape)}`,
  });
}
