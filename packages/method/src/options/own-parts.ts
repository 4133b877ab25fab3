import { CrossmodalError } from '@crossmodal/core';

/** A part of a method that a caller brings: anything with a name, by which a saved model asks for it. */
export interface OwnPart {
  readonly name: string;
}

/** Whether a value is a part, rather than the name of one. */
export function isOwnPart(value: unknown): value is OwnPart {
  return typeof value === 'object' && value !== null && typeof (value as Partial<OwnPart>).name === 'string';
}

/** Names of own parts by option, as a saved model keeps them; null in a list stands for a part of the method's own. */
export type OwnPartNames = Readonly<Record<string, string | readonly (string | null)[]>>;

/** Names of the parts among overrides. */
export function namesOfParts(overrides: object): OwnPartNames {
  const names: Record<string, string | (string | null)[]> = {};
  for (const [option, value] of Object.entries(overrides)) {
    if (isOwnPart(value)) names[option] = value.name;
    else if (Array.isArray(value))
      names[option] = value.map((entry: unknown) => (isOwnPart(entry) ? entry.name : null));
  }
  return names;
}

/**
 * Refuses two different parts of one name: a saved model asks for parts by name alone.
 *
 * @throws CrossmodalError `option` naming the two.
 */
export function checkPartNames(where: string, overrides: object): void {
  const found = new Map<string, unknown>();
  for (const part of Object.values(overrides).flat().filter(isOwnPart)) {
    const before = found.get(part.name);
    if (before !== undefined && before !== part)
      throw new CrossmodalError({
        code: 'option',
        where,
        expected: 'own parts of different names',
        received: `two that are called '${part.name}'`,
      });
    found.set(part.name, part);
  }
}

/**
 * Finds the parts that a saved model names among those that a caller gives again.
 *
 * @throws CrossmodalError `option` naming the part that is missing.
 */
export function findParts(
  where: string,
  names: OwnPartNames,
  given: readonly OwnPart[],
): Readonly<Record<string, unknown>> {
  const find = (name: string) => {
    const part = given.find((candidate) => candidate.name === name);
    if (part !== undefined) return part;
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'parts'`,
      expected: `the part '${name}', with which the model was fitted`,
      received: given.length === 0 ? 'none' : given.map((candidate) => `'${candidate.name}'`).join(', '),
      advice: 'Own parts are code, which a saved model does not hold: give the same ones again.',
    });
  };
  return Object.fromEntries(
    Object.entries(names).map(([option, value]) => [
      option,
      typeof value === 'string' ? find(value) : value.map((name) => (name === null ? undefined : find(name))),
    ]),
  );
}
