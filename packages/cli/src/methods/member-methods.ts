import type { Paired } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { usageError } from '../errors/usage-error.js';
import { takesPaired, type FindMethod, type MethodOf } from './method-module.js';
import { useBackendOf } from './use-backend-of.js';

/** The option that names members, for errors. */
const WHERE = '--set members';

/**
 * Finds members of a consensus by the names that `--method` takes, installed packages among them; all compute on the backend of the command.
 *
 * @throws CrossmodalError `option` when there is no such method, or it takes data of the other kind.
 */
export function memberMethods(find: FindMethod): (name: string) => Promise<MethodOf<Paired>> {
  return async (name) => {
    const { folder, value } = await find(name, WHERE);
    const method = await value();
    if (!takesPaired(method))
      throw usageError(WHERE, 'methods of paired data', `'${name}', a method of mixed data`);
    if (folder !== undefined) await useBackendOf(tf.getBackend(), folder);
    return method;
  };
}
