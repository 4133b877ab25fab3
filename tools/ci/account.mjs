/** Targets that count each test they hold; any other target counts as one check. */
const suites = new Set(['test', 'pack']);

/** One task of a finished run, as counted: how many passed, failed and were skipped. */
export function countTask({ target, failed }, report) {
  const skipped = report ? report.numPendingTests + report.numTodoTests : 0;
  if (!suites.has(target) || (!failed && !report)) return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0 };
  // A suite can fail outside its tests, in a file that does not load: that is one failure too.
  const failures = report?.numFailedTests ?? 0;
  return { passed: report?.numPassedTests ?? 0, failed: failed ? Math.max(failures, 1) : failures, skipped };
}

/** The line every run ends with. */
export function summary(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const count of counts) for (const key of Object.keys(total)) total[key] += count[key];
  return { ...total, line: `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}` };
}
