import { wasm } from './wasm-assembler.js';

/** Machine code with its memory. */
export interface Machine {
  readonly module: object;
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Whether threads can share the memory. */
  readonly shared: boolean;
  readonly run: (...values: number[]) => void;
}

/**
 * Machine code with memory of so many bytes, shared where there is more than one thread and the host can; undefined where it cannot be had.
 *
 * @param moduleFor - compiles it for memory that is shared or is not
 */
export function machineFor(
  moduleFor: (shared: boolean) => object,
  bytes: number,
  threads: number,
): Machine | undefined {
  return (
    (threads > 1 ? machineWith(moduleFor, bytes, true) : undefined) ?? machineWith(moduleFor, bytes, false)
  );
}

function machineWith(
  moduleFor: (shared: boolean) => object,
  bytes: number,
  shared: boolean,
): Machine | undefined {
  const pages = Math.ceil(bytes / 65536);
  // Addresses have 32 bits.
  if (wasm === undefined || pages > 65535 || (shared && typeof SharedArrayBuffer === 'undefined'))
    return undefined;
  try {
    const module = moduleFor(shared);
    const memory = new wasm.Memory(shared ? { initial: pages, maximum: pages, shared } : { initial: pages });
    const { run } = new wasm.Instance(module, { host: { memory } }).exports;
    return { module, memory, shared, run: run as Machine['run'] };
  } catch {
    // The host lacks 128-bit WebAssembly, forbids it, or has no room: what takes its place gives the same bits, only slower.
    return undefined;
  }
}
