import { denseMatrix } from '@crossmodal/core';
import type { FittedTransform } from '@crossmodal/transforms';
import * as z from 'zod';

/** Schema of a fitted transform, restored from a saved model. */
export const transformSchema = z.custom<FittedTransform>(
  (value) => typeof (value as Partial<FittedTransform> | undefined)?.apply === 'function',
  'a fitted transform',
);

/** Whether a transform takes rows of some length. */
export function takesRows(transform: FittedTransform, columns: number): boolean {
  try {
    transform.apply(denseMatrix(new Float32Array(0), 0, columns));
    return true;
  } catch {
    return false;
  }
}
