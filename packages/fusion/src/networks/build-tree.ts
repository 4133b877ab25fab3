import { CrossmodalError } from '@crossmodal/core';
import { fusedShape, type FusionFunction } from '../spatial/fusion-function.js';
import { modalitiesOf, type FusionNode } from '../spatial/fusion-tree.js';
import { buildLayers, ownBlueprint, type Blueprint } from './build-layers.js';

/** Which modalities meet at which depth: a merge's children are modalities, by position, or earlier merges. */
export interface MergePlan {
  /** Layers before the merge, counted from the input; 0 merges the inputs themselves. */
  readonly depth: number;
  /** Modalities, by position, or earlier merges. */
  readonly children: readonly (number | MergePlan)[];
}

/** Builds a plan's layers; `until` is the depth at which the result is merged in turn, or infinity at the root. */
export function buildTree(
  blueprint: Blueprint,
  shapes: readonly (readonly number[])[],
  name: FusionFunction,
  plan: number | MergePlan,
  until = Infinity,
): FusionNode {
  if (typeof plan === 'number') {
    const shape = shapes[plan];
    if (shape === undefined) refuse(`modalities in 0..${shapes.length - 1}`, String(plan));
    return {
      modality: plan,
      layer: buildLayers(ownBlueprint(blueprint, plan), shape, 0, until, `encoder ${plan}`),
    };
  }
  const { depth } = plan;
  const whole = Number.isInteger(depth) || depth === Infinity;
  if (!whole || depth < 0 || depth > until)
    refuse('merges whose depth grows towards the root', String(depth));
  const children = plan.children.map((child) => buildTree(blueprint, shapes, name, child, depth));
  const merged = fusedShape(
    children.map((child) => child.layer.outputShape),
    name,
  );
  const members = children.flatMap(modalitiesOf).map(({ modality }) => modality);
  const layer = buildLayers(blueprint, merged, depth, until, `merge ${members.join(' ')}`);
  return { function: name, children, layer };
}

function refuse(expected: string, received: string): never {
  throw new CrossmodalError({ code: 'option', where: "fusion option 'tree'", expected, received });
}
