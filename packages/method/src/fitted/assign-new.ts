import {
  CrossmodalError,
  denseMatrix,
  gatherRows,
  matchInputs,
  type DenseMatrix,
  type Modality,
  type MultiModalData,
} from '@crossmodal/core';
import { checkKind } from '../data/check-kind.js';
import type { MethodTypes } from '../recipe/method-types.js';
import type { ModelState } from './model-state.js';

/** What a fitted model says of new samples, in the order of their rows. */
export interface NewAssignment {
  readonly labels: Int32Array;
  readonly embedding: DenseMatrix<Float64Array>;
  readonly memberships: DenseMatrix<Float32Array> | undefined;
}

/**
 * Assigns new samples.
 *
 * @param call - the function of the fitted model, for errors
 * @param memberships - whether the caller needs them
 */
export async function assignNew<M extends MethodTypes>(
  call: string,
  state: ModelState<M>,
  data: M['data'],
  { memberships: needed = false }: { readonly memberships?: boolean } = {},
): Promise<NewAssignment> {
  const { recipe, prepared, network, clusters } = state;
  const { definition, inputs, readout } = recipe;
  const where = `${definition.name} ${call}`;
  const options = recipe.options;
  checkKind(where, definition.data, data);
  if (needed && state.memberships === undefined) refuseMemberships(where, readout.name);
  const modalities = matchInputs(where, inputs.inputs(prepared, options), data.modalities);
  definition.checkModalities?.(where, modalities, { options, clusters, fitting: false });
  if (data.n === 0) return empty(state);
  const samples = await inputs.apply(prepared, modalities, options);
  const reader = recipe.network.reader({ network, prepared, options, where });
  try {
    const seen = await reader.read(samples);
    const { canonical, readoutState } = state;
    const found = await readout.predict(seen, { ...canonical, state: readoutState, clusters, options });
    if (needed && found.memberships === undefined) refuseMemberships(where, readout.name);
    return inOrder(found, rowsOf(data, modalities));
  } finally {
    reader.dispose();
  }
}

function refuseMemberships(where: string, readout: string): never {
  throw new CrossmodalError({
    code: 'unsupported',
    where,
    expected: 'a readout that gives memberships',
    received: `'${readout}', which assigns each sample to one cluster`,
    advice: 'Use predict.',
  });
}

function empty<M extends MethodTypes>({ embedding, clusters }: ModelState<M>): NewAssignment {
  return {
    labels: new Int32Array(0),
    embedding: denseMatrix(new Float64Array(0), 0, embedding.columns),
    memberships: denseMatrix(new Float32Array(0), 0, clusters),
  };
}

/** Row of the assignment for each row of the data; undefined where they are the same. */
function rowsOf(data: MultiModalData, matched: readonly Modality[]): Int32Array | undefined {
  // Rows of mixed data follow each other modality after modality, in the caller's order of these.
  if (data.kind === 'paired' || data.modalities.every((modality, v) => modality === matched[v]))
    return undefined;
  const starts = new Map<Modality, number>();
  let start = 0;
  for (const modality of matched) {
    starts.set(modality, start);
    start += modality.features.rows;
  }
  return Int32Array.from(
    data.modalities.flatMap((modality) =>
      Array.from({ length: modality.features.rows }, (_, i) => starts.get(modality)! + i),
    ),
  );
}

function inOrder(
  {
    labels,
    embedding,
    memberships,
  }: {
    readonly labels: Int32Array;
    readonly embedding: DenseMatrix;
    readonly memberships?: DenseMatrix<Float32Array>;
  },
  rows: Int32Array | undefined,
): NewAssignment {
  const wide = denseMatrix(Float64Array.from(embedding.values), embedding.rows, embedding.columns);
  if (rows === undefined) return { labels, embedding: wide, memberships };
  return {
    labels: Int32Array.from(rows, (row) => labels[row]!),
    embedding: gatherRows(wide, rows),
    memberships: memberships && gatherRows(memberships, rows),
  };
}
