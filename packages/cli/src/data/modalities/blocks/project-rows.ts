import {
  mapBlocks,
  randomSource,
  sliceBlocks,
  vectors,
  type BlockPassOptions,
  type RowBlocks,
} from '@crossmodal/core';
import { reorderImages, type FileRows } from '@crossmodal/io';
import {
  applyToBlocks,
  fitMinMaxOfBlocks,
  fitPcaOfBlocks,
  fitSqcOfBlocks,
  fitStandardOfBlocks,
  fitUnitRows,
  transformBlocks,
  type FittedTransform,
} from '@crossmodal/transforms';
import type { FileReader } from '../../file-reader.js';
import type { ModalitySpec, Scale } from '../../grammar/modality-spec.js';
import { resolveRowRange } from '../../grammar/row-range.js';
import { roundingWarning } from '../array-features.js';
import { arrayLayout } from '../images/array-layout.js';
import { checkComponents, refuseNoRows } from '../check-size.js';
import type { ImageAxes } from '../images/image-axes.js';
import { layoutOf, readAsWithAxes } from '../images/image-layout.js';
import { inspectRows } from './inspect-rows.js';
import type { LoadedModality } from '../loaded-modality.js';
import { describeModality } from '../modality-description.js';
import { nameOf, refuseLabels } from '../read-features.js';

type FitTransform = (rows: RowBlocks, options: BlockPassOptions) => Promise<FittedTransform>;

const FIT_SCALE: Readonly<Record<Exclude<Scale, 'none'>, FitTransform>> = {
  minmax: fitMinMaxOfBlocks,
  standard: fitStandardOfBlocks,
  unit: (rows) => Promise.resolve(fitUnitRows(rows)),
  sqc: fitSqcOfBlocks,
};

/**
 * Reads the rows of a file block by block, several times, and keeps their principal components alone. The keys of the modality are applied
 * as to a file that is read whole.
 *
 * @throws CrossmodalError naming the file or the key that cannot be used.
 */
export async function projectRows(
  spec: ModalitySpec,
  stored: FileRows,
  files: FileReader,
  signal: AbortSignal | undefined,
): Promise<LoadedModality> {
  const name = nameOf(spec);
  const where = `modality '${name}'`;
  refuseLabels(spec, name, files);
  const { warnings, ...read } = arrayLayout(spec, name, stored);
  refuseNoRows(where, stored.rows);
  const [first, end] = resolveRowRange(`${where} key 'rows'`, spec.rows, stored.rows);
  const { present, rounded } = await inspectRows(where, stored, { first, end, absent: spec.absent, signal });
  const layout = layoutOf(where, spec, { ...read, columns: stored.columns });
  const ordered = reordered(sliceBlocks(stored, first, end), layout);
  const pass = { present, signal };
  const scaled =
    spec.scale === 'none'
      ? ordered
      : transformBlocks(ordered, await FIT_SCALE[spec.scale](ordered, pass), present);
  const { pca: components = scaled.columns } = spec;
  checkComponents(name, components, scaled, present);
  // The components do not depend on the seed but by rounding, so that runs of all seeds see the same features.
  const transform = await fitPcaOfBlocks(scaled, { components, random: randomSource(0), ...pass });
  const modality = vectors(name, await applyToBlocks(scaled, transform, pass), present);
  return {
    modality,
    description: describeModality(modality, { leftOut: [], readAs: readAsWithAxes(spec, read) }),
    warnings: [...(rounded ? [roundingWarning(name)] : []), ...warnings],
  };
}

/** Images with their pixels row by row, channels last. */
function reordered(rows: RowBlocks, layout: ImageAxes | undefined): RowBlocks {
  return layout === undefined || layout.order === 'row'
    ? rows
    : mapBlocks(rows, { map: ({ features }) => reorderImages(features, layout) });
}
