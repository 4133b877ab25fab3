import type { Modality } from '@crossmodal/core';
import { countPresent } from './present-rows.js';

/** A column of a table that is no feature, and why. */
export interface LeftOutColumn {
  readonly column: string;
  readonly reason: string;
}

/** How a modality was read, as `result.json` and `--json` say it. */
export interface ModalityDescription {
  readonly name: string;
  readonly kind: Modality['kind'];
  /** Rows of the modality, absent ones included. */
  readonly rows: number;
  /** Rows that are present. */
  readonly present: number;
  /** Features of each row that the method is given, after the keys of the modality; pixels times channels where they are images. */
  readonly columns: number;
  /** `HEIGHTxWIDTHxCHANNELS` where rows are images. */
  readonly image?: string;
  /** Columns of a table that are no features. */
  readonly leftOut: readonly LeftOutColumn[];
  /** What the file was taken for, in words. */
  readonly readAs: string;
}

/** Describes a modality that has been read. */
export function describeModality(
  modality: Modality,
  read: Pick<ModalityDescription, 'leftOut' | 'readAs'>,
): ModalityDescription {
  const { name, kind, features, present } = modality;
  return {
    name,
    kind,
    rows: features.rows,
    present: present === undefined ? features.rows : countPresent(present),
    columns: features.columns,
    ...(modality.kind === 'images'
      ? { image: `${modality.height}x${modality.width}x${modality.channels}` }
      : {}),
    leftOut: read.leftOut,
    readAs: read.readAs,
  };
}
