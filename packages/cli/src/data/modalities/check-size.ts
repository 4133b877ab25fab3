import { usageError } from '../../errors/usage-error.js';
import { countPresent } from './present-rows.js';

/** Refuses a modality without rows. */
export function refuseNoRows(where: string, rows: number): void {
  if (rows === 0) {
    throw usageError(where, 'one row at least', 'none', 'Name another variable, PATH:VARIABLE.');
  }
}

/** Refuses more principal components than there are. */
export function checkComponents(
  name: string,
  pca: number,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  present: Uint8Array | undefined,
): void {
  const most = Math.min(present === undefined ? rows : countPresent(present), columns);
  if (pca > most) {
    throw usageError(
      `modality '${name}' key 'pca'`,
      `an integer in 1..${most}, the smaller of rows and features`,
      String(pca),
    );
  }
}
