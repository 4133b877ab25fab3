/** Lets timers, signals and other runs have their turn; a loop of compiled steps would hold them up otherwise. */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
