/** One sentence about an error that nobody foresaw; with `CROSSMODAL_DEBUG` in the environment, where it came from as well. */
export function internalErrorText(error: unknown, env: Readonly<Record<string, string | undefined>>): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = env['CROSSMODAL_DEBUG'] && error instanceof Error ? `\n${error.stack}` : '';
  // A message of several lines is one of a library below; its first line says what it is about.
  return `crossmodal: internal error: ${message.trim().split('\n')[0]}${stack}\n`;
}
