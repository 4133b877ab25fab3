import { CrossmodalError } from '@crossmodal/core';
import type { ArrayValue, StructArray } from './array-value.js';
import { describeArray, printable } from './describe-array.js';
import { LazyMap } from './lazy-map.js';

/** Index of an element: `(2)`, `{2}` or `(2,1)`. */
const INDEX = /^[({] *(\d{1,15}(?: *, *\d{1,15})*) *[)}]/;

/**
 * The longest name of a map with which a path starts, before a `.`, a `(`, a `{` or its end.
 *
 * Names may hold dots themselves, so the first dot does not say where a name ends.
 */
export function longestName(map: ReadonlyMap<string, unknown>, path: string): string | undefined {
  for (let end = path.length; end > 0; end--) {
    const isEnd = end === path.length || '.({'.includes(path[end]!);
    if (isEnd && map.has(path.slice(0, end))) return path.slice(0, end);
  }
  return undefined;
}

/**
 * Goes from a value along `.field`, `(k)` and `{k}` to what lies inside.
 *
 * @param from - the path so far, for messages
 * @param rest - the path still to go
 * @throws CrossmodalError `not-found` when a step leads nowhere; the error of an item that cannot be read.
 */
export function followPath(value: ArrayValue, from: string, rest: string, where: string): ArrayValue {
  if (value.kind === 'opaque' && value.error !== undefined) throw value.error;
  if (rest === '') return value;
  const refuse = (expected: string, advice?: string) =>
    new CrossmodalError({
      code: 'not-found',
      where,
      expected: `${expected} of '${printable(from)}'`,
      received: describeArray(value),
      ...(advice === undefined ? {} : { advice }),
    });
  if (rest.startsWith('.')) {
    const field = value.kind === 'struct' ? longestName(value.fields, rest.slice(1)) : undefined;
    if (value.kind !== 'struct' || field === undefined) throw refuse(`a field '${printable(rest.slice(1))}'`);
    const items = value.fields.get(field)!;
    if (items.length !== 1) {
      throw refuse('one element', `Name it, counted from 1: ${printable(from)}(1).${printable(field)}.`);
    }
    return followPath(items[0]!, `${from}.${field}`, rest.slice(1 + field.length), where);
  }
  const [text = '', indices] = INDEX.exec(rest) ?? [];
  if (indices === undefined) {
    throw refuse(`a path such as NAME.FIELD, NAME(2).FIELD or NAME{2}, not '${printable(rest)}',`);
  }
  if (value.kind !== 'struct' && value.kind !== 'cell') throw refuse(`an element ${text}`);
  const place = positionOf(indices.split(',').map(Number), value.shape);
  if (place === undefined) throw refuse(`an element ${text}`, 'Elements are counted from 1.');
  const inside = value.kind === 'cell' ? value.items[place]! : elementOf(value, place);
  return followPath(inside, from + text, rest.slice(text.length), where);
}

/** Place in C order of an element counted from 1, by one number down the columns or one per axis. */
function positionOf(indices: readonly number[], shape: readonly number[]): number | undefined {
  const count = shape.reduce((product, size) => product * size, 1);
  let axes = indices.map((index) => index - 1);
  if (axes.length === 1) {
    let rest = axes[0]!;
    if (rest < 0 || rest >= count) return undefined;
    axes = shape.map((size) => {
      const index = rest % size;
      rest = Math.floor(rest / size);
      return index;
    });
  }
  if (axes.length !== shape.length || axes.some((index, axis) => index < 0 || index >= shape[axis]!)) {
    return undefined;
  }
  return axes.reduce((place, index, axis) => place * shape[axis]! + index, 0);
}

/** One element of a struct array; its fields are decoded when they are asked for. */
function elementOf({ fields }: StructArray, place: number): StructArray {
  const makers = Array.from(fields.keys(), (name) => [name, () => [fields.get(name)![place]!]] as const);
  return { kind: 'struct', shape: [1, 1], fields: new LazyMap(makers) };
}
