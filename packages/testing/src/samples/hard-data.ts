import { denseMatrix, type Mixed, type Paired, type RandomSource } from '@crossmodal/core';
import { permuteRows } from './permute-rows.js';

/** Noise of the same form: nothing tells its clusters, so an unsteady fit shows. */
export function tangled<Data extends Paired | Mixed>(data: Data, random: RandomSource): Data {
  const modalities = data.modalities.map((modality) => {
    const { rows, columns } = modality.features;
    const values = Float32Array.from({ length: rows * columns }, () => random.normal());
    return { ...modality, features: denseMatrix(values, rows, columns) };
  });
  return { ...data, modalities };
}

/** Every third row of a modality is like the one before it. */
export function withEqualObjects<Data extends Paired | Mixed>(data: Data): Data {
  const modalities = data.modalities.map((modality) => {
    const { rows, columns } = modality.features;
    const values = modality.features.values.slice();
    for (let i = 2; i < rows; i += 3) values.copyWithin(i * columns, (i - 1) * columns, i * columns);
    return { ...modality, features: denseMatrix(values, rows, columns) };
  });
  return { ...data, modalities };
}

/** Breaks a value behind the back of the constructors, which would refuse it. */
export function spoiled<Data extends Paired | Mixed>(data: Data): Data {
  const copy = permuteRows(
    data,
    Int32Array.from({ length: data.n }, (_, i) => i),
  );
  copy.modalities[0]!.features.values[0] = Number.NaN;
  return copy;
}
