import type { MultiModalData } from '@crossmodal/core';
import { usageError } from '../errors/usage-error.js';
import type { Warning } from '../warnings.js';
import { BUILT_IN } from './built-in.js';
import { installedPackage, isPackageName } from './installed-package.js';
import { isMethod, type FindMethod, type FoundMethod } from './method-module.js';

/** A clustering method as the command knows it. */
export interface Method extends FoundMethod {
  /** How the rows of several modalities belong together. */
  readonly data: MultiModalData['kind'];
  /** What data lie outside of what the method assumes, before it starts. */
  assumptions?(data: MultiModalData, clusters: number): readonly Warning[];
}

/** Every method's own preset, which `--preset` need not name. */
export const DEFAULT_PRESET = 'default';

/**
 * The method of a name: one of the command's own, or what an installed package of that name exports as `method`.
 *
 * @param from - folder where packages are looked for first. @defaultValue the working directory
 * @param where - the option that names the method, for errors. @defaultValue '--method'
 * @throws CrossmodalError `option` when there is neither, the package exports no method, or it has no such preset.
 */
export async function findMethod(
  name: string,
  preset = DEFAULT_PRESET,
  from = process.cwd(),
  where = '--method',
): Promise<Method> {
  if (Object.hasOwn(BUILT_IN, name)) {
    const { data, presets, assumptions, load } = BUILT_IN[name]!;
    checkPreset(preset, [DEFAULT_PRESET, ...presets]);
    const find: FindMethod = (member, option) => findMethod(member, DEFAULT_PRESET, from, option);
    return { data, ...(assumptions && { assumptions }), value: async () => (await load(find)).method };
  }
  const names = Object.keys(BUILT_IN).join(', ');
  const found = isPackageName(name) ? installedPackage(name, from) : undefined;
  if (found === undefined)
    throw usageError(where, `${names}, or the name of a package that is installed here`, `'${name}'`);
  const { method } = (await import(found.entry)) as { readonly method?: unknown };
  if (!isMethod(method)) {
    throw usageError(
      where,
      "a package that exports a 'method', as defineMethod of @crossmodal/method makes it",
      `'${name}', which does not`,
    );
  }
  checkPreset(preset, Object.keys(method.definition.presets));
  return { data: method.definition.data, folder: found.folder, value: () => Promise.resolve(method) };
}

function checkPreset(preset: string, presets: readonly string[]): void {
  if (!presets.includes(preset)) throw usageError('--preset', presets.join(', '), `'${preset}'`);
}
