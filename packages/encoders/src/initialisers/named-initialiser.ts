import { gaussian } from './gaussian.js';
import { heNormal } from './he-normal.js';
import { heUniform } from './he-uniform.js';
import type { Initialiser } from './initialiser.js';
import { orthogonal } from './orthogonal.js';
import { xavierNormal } from './xavier-normal.js';
import { xavierUniform } from './xavier-uniform.js';
import { zeros } from './zeros.js';

/** The initialisers by name, for options that must be written to a file; `gaussian` has its default deviation. */
export const initialisers = {
  heNormal,
  heUniform,
  xavierNormal,
  xavierUniform,
  gaussian: gaussian(),
  zeros,
  orthogonal,
} as const satisfies Record<string, Initialiser>;

/** The name of an initialiser. */
export type InitialiserName = keyof typeof initialisers;

/** Resolves a name; an initialiser is returned as it is. */
export function namedInitialiser(initialiser: Initialiser | InitialiserName): Initialiser {
  return typeof initialiser === 'string' ? initialisers[initialiser] : initialiser;
}
