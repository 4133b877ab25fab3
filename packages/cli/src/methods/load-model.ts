import {
  CrossmodalError,
  type FittedClusterer,
  type Mixed,
  type MultiModalData,
  type Paired,
} from '@crossmodal/core';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findMethod } from './find-method.js';

/**
 * Gives back the fitted model that `crossmodal cluster --out` left in a directory, whichever method made it: the command's own, or that of a package
 * that is installed where the program runs.
 *
 * @param kind - `mixed` for a method of mixed data, such as dm2c; 'paired' by default
 * @throws CrossmodalError `not-found` or `format` when the directory holds no results; `unsupported` when the model takes data of the other kind.
 * @example
 * ```ts no-run
 * declare const newData: Paired;
 * const model = await loadModel('results');
 * const clusters = await model.predict(newData);
 * ```
 */
export function loadModel(out: string, kind?: 'paired'): Promise<FittedClusterer<Paired>>;
export function loadModel(out: string, kind: 'mixed'): Promise<FittedClusterer<Mixed>>;
export async function loadModel(
  out: string,
  kind: MultiModalData['kind'] = 'paired',
): Promise<FittedClusterer<Paired> | FittedClusterer<Mixed>> {
  const path = join(out, 'result.json');
  const refuse = (code: 'not-found' | 'format', received: string, cause?: unknown) =>
    new CrossmodalError({
      code,
      where: path,
      expected: "a result of 'crossmodal cluster --out'",
      received,
      cause,
    });
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw refuse('not-found', 'no file that can be read', error);
  });
  let method: unknown;
  try {
    method = (JSON.parse(text) as { method?: unknown } | null)?.method;
  } catch (error) {
    throw refuse('format', 'no JSON', error);
  }
  if (typeof method !== 'string') throw refuse('format', 'JSON without a method');
  const { data, value } = await findMethod(method);
  if (data !== kind) {
    throw new CrossmodalError({
      code: 'unsupported',
      where: path,
      expected: `a model of ${kind} data`,
      received: `${method}, a method of ${data} data`,
      advice: `Call loadModel(directory, '${data}').`,
    });
  }
  return (await value()).load(join(out, 'model'));
}
