import { CrossmodalError } from '@crossmodal/core';
import { restoreCentre } from '../scaling/centre-columns.js';
import type { FittedTransform, TransformState } from './fitted-transform.js';
import { restoreMinMax } from '../scaling/min-max.js';
import { restorePca } from '../components/pca.js';
import { restoreNeighbourWhitening } from '../components/neighbour-whitening.js';
import { restorePlaces } from '../scaling/places.js';
import { restoreSignedSquareRoot } from '../scaling/signed-square-root.js';
import { restoreSphere } from '../scaling/sphere.js';
import { restoreSqc } from '../scaling/sqc.js';
import { restoreStandard } from '../scaling/standardise.js';
import { restoreTfIdf } from '../text/tf-idf.js';
import { restoreUnitRows } from '../scaling/unit-rows.js';

const RESTORERS: ReadonlyMap<string, (state: TransformState) => FittedTransform> = new Map([
  ['centre', restoreCentre],
  ['minmax', restoreMinMax],
  ['neighbour-whitening', restoreNeighbourWhitening],
  ['pca', restorePca],
  ['places', restorePlaces],
  ['root', restoreSignedSquareRoot],
  ['sphere', restoreSphere],
  ['sqc', restoreSqc],
  ['standard', restoreStandard],
  ['tfidf', restoreTfIdf],
  ['unit', restoreUnitRows],
]);

/**
 * Rebuilds a fitted transform from its name and state, as saved with a model; it maps rows bit for bit as before.
 *
 * @throws CrossmodalError `format` when the name is unknown or the state is incomplete.
 */
export function restoreTransform(name: string, state: TransformState): FittedTransform {
  const restore = RESTORERS.get(name);
  if (restore === undefined) {
    throw new CrossmodalError({
      code: 'format',
      where: 'restoreTransform',
      expected: `one of ${[...RESTORERS.keys()].join(', ')}`,
      received: `'${name}'`,
    });
  }
  return restore(state);
}
