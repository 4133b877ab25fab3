import { expect, test } from 'vitest';
import type { Io } from '../io.js';
import { progress } from './progress.js';

function recorder(isTTY: boolean) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const io: Io = {
    stdout: { write: () => true },
    stderr: { write: (text) => written.push(text), isTTY, columns: 40 },
    env: {},
    signal: new AbortController().signal,
    now: () => clock.ms,
  };
  return { io, written, clock };
}

test('without a terminal, lines come at a change of phase and every five seconds', () => {
  const { io, written, clock } = recorder(false);
  const told = progress(io, false);
  told.part('exact');
  for (let step = 0; step <= 100; step++) {
    clock.ms = step * 100;
    told.event({ phase: step < 60 ? 'train' : 'assign', step, steps: 100, losses: { fit: 0.5 } });
  }
  told.end();
  expect(written).toEqual([
    'exact\n',
    'exact: train 0/100  fit 0.5000\n',
    'exact: train 50/100  fit 0.5000\n',
    'exact: assign 60/100  fit 0.5000\n',
  ]);
});

test('on a terminal, one line is drawn over and removed, and never wraps', () => {
  const { io, written, clock } = recorder(true);
  const told = progress(io, false);
  told.part('dmsc');
  for (let step = 0; step <= 10; step++) {
    clock.ms = step * 60;
    told.event({
      phase: 'train',
      step,
      steps: 10,
      losses: { reconstruction: 0.123456, expression: 4, total: 4.1 },
    });
  }
  told.end();
  expect(written.length).toBeLessThan(10);
  expect(written.join('')).not.toContain('reconstruction');
  for (const text of written) {
    expect(text.startsWith('\r\u001b[2K')).toBe(true);
    expect(text).not.toContain('\n');
    expect(text.length - '\r\u001b[2K'.length).toBeLessThan(40);
  }
  expect(written.at(-1)).toBe('\r\u001b[2K');
});

test('quiet says nothing', () => {
  const { io, written } = recorder(true);
  const told = progress(io, true);
  told.part('exact');
  told.event({ phase: 'fit', step: 0, steps: 1 });
  told.end();
  expect(written).toEqual([]);
});

test('a note stays as a line of its own, above the live line, and is left out when quiet', () => {
  const event = { phase: 'affinity', step: 0, steps: 1, note: 'graphs among near samples' };
  for (const isTTY of [false, true]) {
    const { io, written } = recorder(isTTY);
    const told = progress(io, false);
    told.part('exact');
    told.event({ phase: 'features', step: 0, steps: 2 });
    told.event(event);
    told.end();
    expect(written.join('')).toContain('exact: graphs among near samples\n');
    const silent = recorder(isTTY);
    progress(silent.io, true).event(event);
    expect(silent.written).toEqual([]);
  }
});
