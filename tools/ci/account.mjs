/**
 * How many passed, failed and were skipped.
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 */

/**
 * What vitest's JSON report says.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number }} Report
 */

/** Targets that count each test they hold; any other target counts as one check. */
const suites = new Set(['test', 'pack']);

/**
 * Counts one task of a finished run.
 *
 * @param {{ target: string, failed: boolean }} task
 * @param {Report | undefined} report
 * @returns {Count}
 */
export function countTask({ target, failed }, report) {
  if (!suites.has(target)) return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0 };
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report ?? {};
  // A suite can fail outside its tests, in a file that does not load: that is one failure too.
  return {
    passed: numPassedTests,
    failed: failed ? Math.max(numFailedTests, 1) : numFailedTests,
    skipped: numPendingTests + numTodoTests,
  };
}

/**
 * Sums counts into the line every run ends with.
 *
 * @param {readonly Count[]} counts
 */
export function summary(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  const tail = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  return { ...total, line: `${total.passed} passed, ${total.failed} failed${tail}` };
}
