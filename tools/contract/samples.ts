import type { RandomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import ts from 'typescript';

/** A value for one parameter: as it is, made from a random source, or a tensor that the contract draws. */
export type Sample =
  | { readonly kind: 'made'; readonly make: (random: RandomSource) => unknown }
  | { readonly kind: 'tensor'; readonly shape: readonly number[]; readonly prepare?: Prepare };

/** Turns drawn normal values into values that a parameter takes. */
type Prepare = (drawn: tf.Tensor) => tf.Tensor;

/** Tensors that must be more than finite, told from the parameter's name; a shape where the type says too little. */
const namedTensors: readonly {
  readonly name: RegExp;
  readonly shape?: readonly number[];
  readonly prepare: Prepare;
}[] = [
  { name: /^(memberships|assignments)\d*$/, prepare: (drawn) => tf.softmax(drawn) },
  { name: /^deviations$/, prepare: (drawn) => tf.exp(drawn) },
  {
    name: /^kernel$/,
    shape: [4, 4],
    // Symmetric, positive, 1 on the diagonal.
    prepare: (drawn) => tf.exp(tf.neg(tf.square(tf.sub(drawn, tf.transpose(drawn))))),
  },
];

const imageShape = [6, 6, 2];
const shapeOfRank: Readonly<Record<string, readonly number[]>> = {
  '1D': [4],
  '2D': [4, 3],
  '3D': [2, 3, 2],
  '4D': [2, 3, 3, 2],
};

/**
 * Samples for required parameters by their types; several lists where a type is a union, one for each choice.
 *
 * @returns undefined when a parameter is a module or another thing that cannot be made up from its type
 */
export function samplesOf(
  parameters: readonly (readonly [name: string, type: ts.Type])[],
  checker: ts.TypeChecker,
  at: ts.Node,
): readonly (readonly Sample[])[] | undefined {
  let lists: readonly (readonly Sample[])[] = [[]];
  for (const [name, type] of parameters) {
    const choices = choicesOf(name, type, checker, at);
    if (choices.length === 0) return undefined;
    lists = lists.flatMap((list) => choices.map((choice) => [...list, choice]));
  }
  return lists;
}

function choicesOf(name: string, type: ts.Type, checker: ts.TypeChecker, at: ts.Node): readonly Sample[] {
  const written = checker.typeToString(type);
  const tensor = /^(?:tf\.)?Tensor(\dD)?(?:<.*>)?$/.exec(written);
  if (tensor) {
    const named = namedTensors.find((entry) => entry.name.test(name));
    const shape = named?.shape ?? shapeOfRank[tensor[1] ?? '2D'] ?? [4, 3];
    return [{ kind: 'tensor', shape, ...(named && { prepare: named.prepare }) }];
  }
  if (type.symbol?.name === 'Uint8Array') return [constant(new Uint8Array())];
  return valuesOf(name, type, checker, at).map((make) => ({ kind: 'made', make }));
}

type Make = (random: RandomSource) => unknown;

function constant(value: unknown): Sample {
  return { kind: 'made', make: () => value };
}

function valuesOf(name: string, type: ts.Type, checker: ts.TypeChecker, at: ts.Node): readonly Make[] {
  if (type.symbol?.name === 'RandomSource') return [(random) => random];
  if (type.isUnion()) return type.types.flatMap((member) => valuesOf(name, member, checker, at));
  if (type.isStringLiteral() || type.isNumberLiteral()) return [() => type.value];
  if ((type.flags & ts.TypeFlags.Number) !== 0) return [() => (name.endsWith('Size') ? 3 : 2)];
  if (checker.isTupleType(type)) {
    const count = checker.getTypeArguments(type as ts.TypeReference).length;
    return [() => imageShape.slice(0, count)];
  }
  const element = checker.isArrayType(type)
    ? checker.getTypeArguments(type as ts.TypeReference)[0]
    : undefined;
  if (element !== undefined) return listsOf(name, element, checker, at);
  return recordsOf(type, checker, at);
}

/** Types that are being made up: one that contains itself cannot be. */
const open = new Set<ts.Type>();

/** A list of numbers is a shape; any other list has two elements, or none when its elements cannot be made up. */
function listsOf(name: string, element: ts.Type, checker: ts.TypeChecker, at: ts.Node): readonly Make[] {
  if ((element.flags & ts.TypeFlags.Number) !== 0) return [() => imageShape];
  return valuesOf(name, element, checker, at).map((make) => (random) => [make(random), make(random)]);
}

function recordsOf(type: ts.Type, checker: ts.TypeChecker, at: ts.Node): readonly Make[] {
  const isData = (type.flags & ts.TypeFlags.Object) !== 0 && type.getCallSignatures().length === 0;
  if (!isData) return [];
  const properties = type.getProperties().filter(({ flags }) => (flags & ts.SymbolFlags.Optional) === 0);
  const hasMethods = properties.some(({ flags }) => (flags & ts.SymbolFlags.Method) !== 0);
  if (hasMethods || open.has(type)) return [];
  open.add(type);
  let records: readonly Make[] = [() => ({})];
  for (const property of properties) {
    const values = valuesOf(property.name, checker.getTypeOfSymbolAtLocation(property, at), checker, at);
    records = records.flatMap((record) =>
      values.map((value) => (random: RandomSource) => ({
        ...(record(random) as object),
        [property.name]: value(random),
      })),
    );
  }
  open.delete(type);
  return records;
}
