import type { BackendInfo } from '@crossmodal/tensors';
import { installedPackage } from './installed-package.js';

/**
 * Chooses the backend for the command, and for the copy of `@crossmodal/tensors` that a method's own package computes with, where that is another.
 *
 * @param folder - of the method's package; left out for methods of the command
 */
export async function useBackendOf(name: string, folder?: string): Promise<BackendInfo> {
  const tensors = await import('@crossmodal/tensors');
  const other = folder === undefined ? undefined : installedPackage('@crossmodal/tensors', folder);
  const copies = other === undefined ? [tensors] : [tensors, (await import(other.entry)) as typeof tensors];
  let info: BackendInfo | undefined;
  for (const { tf, useBackend } of new Set(copies)) {
    // Keeps TensorFlow.js from advertising its other packages.
    tf.enableProdMode();
    info = await useBackend(name as Parameters<typeof useBackend>[0]);
  }
  return info!;
}
