/** Names in a workspace: files that are written, earlier ones that made room, and space that is held for later. */
export const PARTS = { files: 'new', aside: 'old', reserve: 'reserve' } as const;
