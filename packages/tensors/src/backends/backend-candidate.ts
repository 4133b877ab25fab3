/** A backend by name: in Node all but `webgpu` and `webgl`, in a browser `webgpu`, `wasm`, `webgl` and `cpu`. */
export type BackendName = 'tensorflow-gpu' | 'tensorflow' | 'onnx' | 'webgpu' | 'wasm' | 'webgl' | 'cpu';

/** Options of {@link useBackend}. */
export interface BackendOptions {
  /** Threads inside one operation, at least 1, where the backend lets them be chosen. @defaultValue the backend's own choice */
  readonly threads?: number;
  /**
   * Path and start of the name of the profiles that `onnx` writes, one JSON file for each compiled graph, complete when its step is
   * disposed; the other backends have none. @defaultValue none is written
   */
  readonly profile?: string;
  /** Address of the folder from which a browser fetches the `.wasm` files of `@tensorflow/tfjs-backend-wasm`, ending in `/`. @defaultValue beside the page's scripts */
  readonly wasmPath?: string;
}

/** How one backend is loaded; `undefined` packages are always there. */
export interface BackendCandidate {
  readonly name: BackendName;
  readonly packageName: string | undefined;
  /** Name under which it is registered in TensorFlow.js. */
  readonly registeredName: string;
  /** The command that installs it, where that is more than `npm install` and its name. */
  readonly install?: string;
  readonly load: (options: BackendOptions) => Promise<void>;
  /** What it can say of itself, working or not; rejected where its package is absent. */
  readonly describe?: () => Promise<BackendDetails>;
}

/** What a backend says of itself beside its speed. */
export interface BackendDetails {
  /** Whether its native library reports to its maker from this process, and why it does or does not. */
  readonly telemetry: { readonly off: boolean; readonly reason: string };
  /** What its install left, in a few words. */
  readonly installation: string;
}
