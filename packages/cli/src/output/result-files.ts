import { DIRECTORY_MARK } from '@crossmodal/io';

/** The files of a result directory; all of them are checked before the work. */
export const RESULT_FILES: readonly string[] = [
  'labels.csv',
  'result.json',
  'report.html',
  'model/model.json',
  'model/arrays.npz',
  `model/${DIRECTORY_MARK}`,
];
