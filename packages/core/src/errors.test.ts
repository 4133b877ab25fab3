import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { DivergedError, isDivergedError } from './diverged-error.js';
import { CrossmodalError, isCrossmodalError, throwIfAborted } from './errors.js';

test.prop([fc.string(), fc.string(), fc.string()])(
  'the message says where, what was expected and what came',
  (where, expected, received) => {
    const error = new CrossmodalError({ code: 'shape', where, expected, received });
    expect(error.message).toBe(`${where}: expected ${expected}, got ${received}.`);
    expect(error).toMatchObject({ code: 'shape', where, expected, received, advice: undefined });
  },
);

test('advice ends the message, and a cause is kept', () => {
  const cause = new Error('below');
  const error = new CrossmodalError({
    code: 'format',
    where: 'read',
    expected: 'a',
    received: 'b',
    advice: 'Do c.',
    cause,
  });
  expect(error.message).toBe('read: expected a, got b. Do c.');
  expect(error.cause).toBe(cause);
});

test('errors are told by name and code, from another copy of the package too', () => {
  const error = new CrossmodalError({ code: 'value', where: 'x', expected: 'a', received: 'b' });
  expect(isCrossmodalError(error)).toBe(true);
  expect(isCrossmodalError(error, 'value')).toBe(true);
  expect(isCrossmodalError(error, 'shape')).toBe(false);
  expect(
    isCrossmodalError(Object.assign(new Error('x'), { name: 'CrossmodalError', code: 'value' }), 'value'),
  ).toBe(true);
  expect(isCrossmodalError(new Error('x'))).toBe(false);
  expect(isCrossmodalError({ name: 'CrossmodalError' })).toBe(false);
});

test('a divergence is told from other errors, of its code too, and says what is left', () => {
  const details = { where: 'train, step 7', expected: 'a finite loss', received: 'NaN' };
  const lastGood = { phase: 'train', step: 3 };
  const error = new DivergedError({ ...details, lastGood });
  expect(error).toMatchObject({ ...details, code: 'diverged', lastGood, recover: undefined });
  expect(isDivergedError(error)).toBe(true);
  expect(isDivergedError(new DivergedError(details))).toBe(true);
  expect(isDivergedError(new CrossmodalError({ ...details, code: 'diverged' }))).toBe(false);
  expect(isDivergedError(undefined)).toBe(false);
});

test('an abort is an error with the reason as its cause; no signal, or a quiet one, is none', () => {
  expect(() => throwIfAborted(undefined, 'fit')).not.toThrow();
  expect(() => throwIfAborted(new AbortController().signal, 'fit')).not.toThrow();
  const signal = AbortSignal.abort('enough');
  expect(() => throwIfAborted(signal, 'fit')).toThrow(
    expect.objectContaining({ code: 'aborted', cause: 'enough' }),
  );
});
