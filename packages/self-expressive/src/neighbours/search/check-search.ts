import { checkInteger, CrossmodalError } from '@crossmodal/core';
import type { NearestNeighbourOptions } from './neighbour-types.js';

const METHODS = ['auto', 'exact', 'approximate'];

/**
 * Refuses options of a search that are out of their range.
 *
 * @throws CrossmodalError `option`
 */
export function checkSearch(
  where: string,
  { neighbours, method = 'auto', recall = 1, memory = 1 }: NearestNeighbourOptions,
): void {
  checkInteger(where, 'neighbours', neighbours, { minimum: 1 });
  checkInteger(where, 'memory', memory, { minimum: 1 });
  const refuse = (option: string, expected: string, received: unknown): never => {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option '${option}'`,
      expected,
      received: String(received),
    });
  };
  if (!METHODS.includes(method)) refuse('method', "'auto', 'exact' or 'approximate'", method);
  if (!(recall > 0 && recall <= 1)) refuse('recall', 'a share in (0, 1]', recall);
}
