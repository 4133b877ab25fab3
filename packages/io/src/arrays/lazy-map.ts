/** What became of a value when it was first asked for. */
type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/**
 * A map whose values are made when they are first asked for, and kept.
 *
 * `has`, `keys` and `size` make none; `values`, `entries`, `forEach` and iteration make all of them. Where making a value throws,
 * every `get` of that name throws the same error, and the other names stay usable.
 */
export class LazyMap<T> implements ReadonlyMap<string, T> {
  readonly #makers: ReadonlyMap<string, () => T>;
  readonly #outcomes = new Map<string, Outcome<T>>();

  /** @param makers - what makes each value, in the order of the map */
  constructor(makers: Iterable<readonly [string, () => T]>) {
    this.#makers = new Map(makers);
  }

  get size(): number {
    return this.#makers.size;
  }

  has(name: string): boolean {
    return this.#makers.has(name);
  }

  /** The value of that name; undefined where there is none. */
  get(name: string): T | undefined {
    const make = this.#makers.get(name);
    if (make === undefined) return undefined;
    let outcome = this.#outcomes.get(name);
    if (outcome === undefined) {
      outcome = attempt(make);
      this.#outcomes.set(name, outcome);
    }
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  keys(): MapIterator<string> {
    return this.#makers.keys();
  }

  *values(): Generator<T, undefined> {
    for (const name of this.keys()) yield this.get(name)!;
  }

  *entries(): Generator<[string, T], undefined> {
    for (const name of this.keys()) yield [name, this.get(name)!];
  }

  [Symbol.iterator](): Generator<[string, T], undefined> {
    return this.entries();
  }

  forEach(callback: (value: T, name: string, map: ReadonlyMap<string, T>) => void): void {
    for (const [name, value] of this) callback(value, name, this);
  }
}

function attempt<T>(make: () => T): Outcome<T> {
  try {
    return { value: make() };
  } catch (error) {
    return { error };
  }
}
