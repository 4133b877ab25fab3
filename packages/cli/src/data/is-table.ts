/** Whether a file holds separated values, by its name. */
export function isTable(path: string): boolean {
  return /\.(csv|tsv|tab|txt)(\.gz)?$/i.test(path);
}
