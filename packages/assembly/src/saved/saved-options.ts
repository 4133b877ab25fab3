import { damagedModel } from '@crossmodal/io';

/**
 * Options of a saved model, by the rules for those of a caller.
 *
 * @param where - the public function that loads, for the error
 * @param resolve - checks options and fills in the defaults
 * @throws CrossmodalError `format` when they are refused.
 */
export function savedOptions<O extends object, R>(
  where: string,
  directory: string,
  options: O,
  resolve: (options: O) => R,
): R {
  try {
    return resolve(options);
  } catch (error) {
    throw damagedModel(where, directory, `options that are refused (${(error as Error).message})`);
  }
}
