import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkPathsFree, entryAt } from './taken-path.js';

/** Options of {@link moveFiles}. */
export interface MoveFilesOptions {
  /** Where the new files are. */
  readonly from: string;
  /** Where our earlier files go, so that nothing is lost when a move fails. */
  readonly aside: string;
  /** Where the new files go. */
  readonly target: string;
  readonly files: readonly string[];
  /** Paths in the target that are known to be ours; those that are replaced or have no successor make room. */
  readonly own: ReadonlySet<string>;
}

/**
 * Takes our earlier files out of a directory, then moves new ones in, in the order given. Nothing else in it is touched.
 *
 * When a move fails, those before it are undone. A file that has moved already is passed over, so that a move that was cut off can be
 * finished. Synchronous: no signal and no other work of this process comes in between.
 *
 * @throws CrossmodalError `state` before anything is moved when a path is taken by something that is not ours.
 */
export function moveFiles({ from, aside, target, files, own }: MoveFilesOptions): void {
  const pending = files.filter((name) => entryAt(join(from, name)) !== undefined);
  checkPathsFree(target, pending, own);
  const kept = new Set(files.filter((name) => !pending.includes(name)));
  const leaving = [...own].filter((name) => !kept.has(name) && entryAt(join(target, name)) !== undefined);

  const undo: (() => void)[] = [];
  const move = (source: string, place: string): void => {
    makeParents(place, undo);
    renameSync(source, place);
    undo.push(() => renameSync(place, source));
  };
  try {
    for (const name of leaving) move(join(target, name), join(aside, name));
    for (const name of pending) move(join(from, name), join(target, name));
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
  for (const name of leaving) removeEmptyParents(target, name);
}

function makeParents(path: string, undo: (() => void)[]): void {
  const parent = dirname(path);
  if (entryAt(parent) !== undefined) return;
  makeParents(parent, undo);
  mkdirSync(parent);
  undo.push(() => rmdirSync(parent));
}

function removeEmptyParents(target: string, name: string): void {
  for (let folder = dirname(name); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(target, folder));
    } catch {
      // Somebody's file or a new one is in it, or it went with an earlier name.
      return;
    }
  }
}
