/** Whether bytes start with those of a text of one byte per character. */
export function startsWith(bytes: Uint8Array, magic: string): boolean {
  for (let p = 0; p < magic.length; p++) if (bytes[p] !== magic.charCodeAt(p)) return false;
  return true;
}
