import { expect, test } from 'vitest';
import { countTask, summary } from './account.mjs';

const report = { numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 0 };

test('a suite counts its tests', () => {
  expect(countTask({ target: 'test', failed: true }, report)).toEqual({ passed: 5, failed: 2, skipped: 1 });
});

test('a suite that fails outside its tests counts one failure', () => {
  expect(countTask({ target: 'test', failed: true }, undefined)).toEqual({
    passed: 0,
    failed: 1,
    skipped: 0,
  });
  expect(countTask({ target: 'test', failed: true }, { ...report, numFailedTests: 0 }).failed).toBe(1);
});

test('any other target is one check', () => {
  expect(countTask({ target: 'types', failed: false }, report)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(countTask({ target: 'types', failed: true }, report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('the last line sums all', () => {
  const counts = [
    { passed: 5, failed: 2, skipped: 1 },
    { passed: 1, failed: 0, skipped: 0 },
  ];
  expect(summary(counts).line).toBe('6 passed, 2 failed, 1 skipped');
  expect(summary([counts[1]!]).line).toBe('1 passed, 0 failed');
});
