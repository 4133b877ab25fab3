import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrossmodalError, paired, vectors, type VectorModality } from '@crossmodal/core';
import { arrayToMatrix, readArrays, selectArray, type ArrayValue } from '@crossmodal/io';
import type { Dataset } from '../dataset.js';

/** Options of {@link loadWikipedia}. */
export interface WikipediaOptions {
  /** Text features: 1000 tf-idf weights, or 10 topic shares. @defaultValue 'tfidf' */
  readonly text?: 'tfidf' | 'topics';
}

/**
 * Loads Wikipedia: 2866 articles of 10 subjects as `image` (128 visual words) and `text`; the 2173 training articles
 * come first, then the 693 test articles.
 *
 * @param directory - holds `raw_features_with_tfidf.mat`, `trainset_txt_img_cat.list` and `testset_txt_img_cat.list`
 * @throws CrossmodalError as {@link readArrays}
 */
export async function loadWikipedia(directory: string, options: WikipediaOptions = {}): Promise<Dataset> {
  const { text = 'tfidf' } = options;
  const variables = await readArrays(join(directory, 'raw_features_with_tfidf.mat'));
  const prefix = text === 'tfidf' ? 'T_tfidf' : 'T';
  const image = stacked('image', variables, 'I_tr', 'I_te');
  const words = stacked('text', variables, `${prefix}_tr`, `${prefix}_te`);
  const train = await categories(join(directory, 'trainset_txt_img_cat.list'));
  const test = await categories(join(directory, 'testset_txt_img_cat.list'));
  return { name: 'wikipedia', data: paired([image, words]), labels: Int32Array.from([...train, ...test]) };
}

function stacked(
  name: string,
  variables: ReadonlyMap<string, ArrayValue>,
  upper: string,
  lower: string,
): VectorModality {
  const a = arrayToMatrix(selectArray(variables, upper));
  const b = arrayToMatrix(selectArray(variables, lower));
  const values = new Float32Array(a.values.length + b.values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return vectors(name, { kind: 'dense', rows: a.rows + b.rows, columns: a.columns, values });
}

/** Last of the tab separated columns of a list. */
async function categories(path: string): Promise<number[]> {
  const lines = (await readFile(path, 'utf8').catch((cause: unknown) => refuse(path, cause)))
    .trim()
    .split(/\r?\n/);
  return lines.map((line) => Number(line.split('\t').at(-1)));
}

function refuse(path: string, cause: unknown): never {
  throw new CrossmodalError({
    code: 'not-found',
    where: 'loadWikipedia',
    expected: `a readable file '${path}'`,
    received: 'none',
    cause,
  });
}
