import { CrossmodalError } from '@crossmodal/core';
import { batchShape, sameShape, sizeOf } from '@crossmodal/encoders';

/** How feature maps or vectors become one. */
export type FusionFunction = 'sum' | 'max' | 'concat';

/**
 * Shape that {@link fuse} gives, without the batch.
 *
 * `sum` and `max` keep the one shape that all have. `concat` adds channels when all are maps of one height and width, and
 * adds features otherwise, with maps laid out as vectors.
 *
 * @throws CrossmodalError `shape` when `sum` or `max` meets different shapes; `option` when there is nothing to fuse or no such function.
 */
export function fusedShape(shapes: readonly (readonly number[])[], name: FusionFunction): readonly number[] {
  const [first, ...rest] = shapes;
  if (first === undefined) refuse('option', 'one modality at least', 'none');
  if (name === 'concat') {
    const aligned = shapes.every((shape) => sameShape(shape.slice(0, -1), first.slice(0, -1)));
    if (!aligned) return [shapes.reduce((sum, shape) => sum + sizeOf(shape), 0)];
    return [...first.slice(0, -1), shapes.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0)];
  }
  if (name !== 'sum' && name !== 'max')
    refuse('option', "the function 'sum', 'max' or 'concat'", `'${String(name)}'`);
  const other = rest.find((shape) => !sameShape(shape, first));
  if (other !== undefined) {
    refuse(
      'shape',
      `modalities of one shape to ${name}, ${batchShape(first)} as the first`,
      batchShape(other),
      "Use affinity fusion, which merges nothing, or the function 'concat', late at best.",
    );
  }
  return first;
}

function refuse(code: 'option' | 'shape', expected: string, received: string, advice?: string): never {
  throw new CrossmodalError({
    code,
    where: 'fusion',
    expected,
    received,
    ...(advice === undefined ? {} : { advice }),
  });
}
