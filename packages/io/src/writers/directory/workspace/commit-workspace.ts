import { CrossmodalError } from '@crossmodal/core';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileDigest, type FileDigest } from '../files/file-digest.js';
import { listFiles } from '../files/list-files.js';
import { moveFiles } from '../files/move-files.js';
import { DIRECTORY_MARK, markText } from '../target/directory-mark.js';
import { targetState, type Existing } from '../target/target-state.js';
import type { Workspace } from './claim-workspace.js';
import { writeJournal } from './workspace-journal.js';
import { PARTS } from './workspace-parts.js';

/**
 * Gives a directory the files of its workspace, and the mark that lists them.
 *
 * @throws CrossmodalError `state` when the directory has come to hold what must stay; it is as it was before.
 */
export async function commitWorkspace(
  target: string,
  existing: Existing,
  workspace: Workspace,
): Promise<void> {
  const from = join(workspace.path, PARTS.files);
  const digests = new Map<string, FileDigest>();
  for await (const name of listFiles(from)) digests.set(name, await fileDigest(join(from, name)));
  const names = [...digests.keys()];
  await writeFile(join(from, DIRECTORY_MARK), markText(digests), { flush: true });
  if (!(await workspace.isOwn())) {
    throw new CrossmodalError({
      code: 'state',
      where: `'${target}'`,
      expected: `'${workspace.path}' to stay until the files are written`,
      received: 'a folder that somebody removed or replaced',
    });
  }
  // Again, since other files may have come while the work went on.
  const replaced = await targetState(target, { existing, names });
  if (replaced === undefined) {
    await rename(from, target);
    return;
  }
  const files = [...names, DIRECTORY_MARK];
  await writeJournal(workspace.path, { files, replaced });
  const aside = join(workspace.path, PARTS.aside);
  moveFiles({ from, aside, target, files, own: new Set(replaced.keys()) });
}
