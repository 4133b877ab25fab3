import type * as tf from '@tensorflow/tfjs';
import type { ElementArray } from '../graph/types.js';

/**
 * Two buffers a variable: a compiled step reads the current values and writes the next ones to the spare buffer.
 *
 * A buffer is reused only while nobody outside can hold it. Whoever hands values out (a read, or a kernel whose result
 * may share memory) releases them first; then the next run takes a new buffer.
 */
export class BufferPool {
  private readonly owned = new WeakSet<object>();
  private readonly spares = new WeakMap<tf.Variable, ElementArray>();

  /** Says that values may be held outside from now on. */
  release(values: object): void {
    this.owned.delete(values);
  }

  /** The spare buffer of a variable, if it has one that fits; it is the caller's from now on. */
  take(variable: tf.Variable, size: number): ElementArray | undefined {
    const spare = this.spares.get(variable);
    this.spares.delete(variable);
    return spare?.length === size ? spare : undefined;
  }

  /** Marks values that a run has just written: only the pool's users hold them. */
  own(values: ElementArray): void {
    this.owned.add(values);
  }

  /** Keeps a variable's old values as its spare buffer, if nobody outside can hold them. */
  retire(variable: tf.Variable, values: object): void {
    if (this.owned.has(values)) this.spares.set(variable, values as ElementArray);
  }
}
