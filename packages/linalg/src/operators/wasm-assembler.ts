/** The parts of the WebAssembly interface that are used here; the type library of Node has none. */
interface WasmApi {
  readonly Memory: new (limits: { initial: number; maximum?: number; shared?: boolean }) => {
    readonly buffer: ArrayBuffer;
  };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** WebAssembly, where the host has it. */
export const wasm = (globalThis as { readonly WebAssembly?: WasmApi }).WebAssembly;

/** The type of 32-bit integers. */
export const I32 = 0x7f;

/** The type of 128-bit registers. */
export const V128 = 0x7b;

/** An unsigned number in LEB128. */
export function leb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}

/** A small signed number in LEB128. */
function signedLeb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 127;
    rest >>= 7;
    if ((rest === 0 && low < 64) || (rest === -1 && low >= 64)) return [...bytes, low];
    bytes.push(low + 128);
  }
}

/** Instructions, each as its bytes; operands are whatever the instructions before left on the stack. */
export const op = {
  get: (local: number): number[] => [0x20, ...leb(local)],
  set: (local: number): number[] => [0x21, ...leb(local)],
  tee: (local: number): number[] => [0x22, ...leb(local)],
  constant: (value: number): number[] => [0x41, ...signedLeb(value)],
  add: [0x6a],
  lessUnsigned: [0x49],
  /** Runs the body again while it leaves a non-zero number. */
  repeatWhile: (...body: number[][]): number[] => [0x03, 0x40, ...body.flat(), 0x0d, 0x00, 0x0b],
  /** Runs the body when the number on the stack is not zero. */
  when: (...body: number[][]): number[] => [0x04, 0x40, ...body.flat(), 0x0b],
  /** A 4-byte number. */
  loadInteger: (offset: number): number[] => [0x28, 0x02, ...leb(offset)],
  load: (offset: number): number[] => [0xfd, 0x00, 0x03, ...leb(offset)],
  /** One 8-byte number into both lanes. */
  loadSplat: (offset: number): number[] => [0xfd, 0x0a, 0x03, ...leb(offset)],
  store: (offset: number): number[] => [0xfd, 0x0b, 0x03, ...leb(offset)],
  zero: [0xfd, 0x0c, ...new Array<number>(16).fill(0)],
  addLanes: [0xfd, 0xf0, 0x01],
  multiplyLanes: [0xfd, 0xf2, 0x01],
  /** Of four numbers in single precision. */
  addSingles: [0xfd, 0xe4, 0x01],
  multiplySingles: [0xfd, 0xe6, 0x01],
} as const;

/** Moves a pointer, held in a local, by so many bytes. */
export const step = (pointer: number, bytes: number): number[] => [
  ...op.get(pointer),
  ...op.constant(bytes),
  ...op.add,
  ...op.set(pointer),
];

/** Leaves whether one pointer, held in a local, comes before another. */
export const before = (pointer: number, limit: number): number[] => [
  ...op.get(pointer),
  ...op.get(limit),
  ...op.lessUnsigned,
];

/** Limits of a memory: any number of pages; shared ones need a greatest. */
const limits = (shared: boolean): number[] => (shared ? [0x03, 0x00, ...leb(65536)] : [0x00, 0x01]);

/** A module that imports `host.memory`, shared between threads or not, and exports one function `run` of 32-bit parameters and no result. */
export function moduleBytes(
  parameters: number,
  locals: readonly { count: number; type: number }[],
  body: readonly number[][],
  shared = false,
): Uint8Array {
  const section = (id: number, content: number[]): number[] => [id, ...leb(content.length), ...content];
  const text = (name: string): number[] => [name.length, ...Array.from(name, (c) => c.charCodeAt(0))];
  const code = [
    ...leb(locals.length),
    ...locals.flatMap(({ count, type }) => [...leb(count), type]),
    ...body.flat(),
    0x0b,
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, parameters, ...new Array<number>(parameters).fill(I32), 0]),
    ...section(2, [1, ...text('host'), ...text('memory'), 0x02, ...limits(shared)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('run'), 0x00, 0x00]),
    ...section(10, [1, ...leb(code.length), ...code]),
  ]);
}
