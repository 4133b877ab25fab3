/** The parts of a browser that are used here; the type library of Node has no workers. */
interface Host {
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Worker?: new (url: string) => { postMessage(data: unknown): void; terminate(): void };
}

const host = globalThis as unknown as Host;

/** Threads that can run at the same time. */
export function coreCount(): number {
  return host.navigator?.hardwareConcurrency ?? 1;
}

/**
 * Starts a thread that runs a script, in which `data` is what it was given.
 *
 * @returns what stops it; undefined where a page may not share memory, or its policy forbids such scripts
 */
export function startThread(script: string, data: object): (() => void) | undefined {
  if (host.Worker === undefined || host.crossOriginIsolated !== true) return undefined;
  try {
    const source = `onmessage = ({ data }) => {\n${script}\n};`;
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const worker = new host.Worker(url);
    worker.postMessage(data);
    URL.revokeObjectURL(url);
    return () => worker.terminate();
  } catch {
    return undefined;
  }
}
