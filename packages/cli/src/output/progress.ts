import type { ProgressEvent } from '@crossmodal/core';
import type { Io } from '../io.js';

/** Tells a person how the work advances, on stderr. */
export interface Progress {
  /** Starts a named part of the work, such as a run. */
  part(name: string): void;
  /** Takes an event of a fit. */
  event(event: ProgressEvent): void;
  /** Removes a live line; what was written as plain lines stays. */
  end(): void;
}

/** A live line is redrawn at most ten times a second. */
const LIVE_INTERVAL = 100;
/** Plain lines of one phase are this far apart, so that a log stays short. */
const PLAIN_INTERVAL = 5000;
const BAR = 24;

/** Makes a live bar on a terminal, plain lines otherwise, and silence with `quiet`. */
export function progress(io: Io, quiet: boolean): Progress {
  const { stderr, now } = io;
  if (quiet) return { part: () => {}, event: () => {}, end: () => {} };
  const live = stderr.isTTY === true && io.env['TERM'] !== 'dumb';
  let name = '';
  let drawn = false;
  let phase = '';
  let last = -Infinity;

  const show = (text: string): void => {
    if (!live) {
      stderr.write(`${text}\n`);
      return;
    }
    // One column is kept free: a line that fills the terminal wraps, and cannot be erased. Some terminals say they have 0.
    stderr.write(`\r\u001b[2K${text.slice(0, (stderr.columns || 80) - 1)}`);
    drawn = true;
  };
  return {
    part(part) {
      name = part;
      phase = '';
      show(part);
    },
    event(event) {
      const at = now();
      if (event.note !== undefined) stderr.write(`${drawn ? '\r\u001b[2K' : ''}${name}: ${event.note}\n`);
      const due = event.phase !== phase || at - last >= (live ? LIVE_INTERVAL : PLAIN_INTERVAL);
      if (!due) return;
      phase = event.phase;
      last = at;
      show(live ? liveText(name, event) : plainText(name, event));
    },
    end() {
      if (drawn) stderr.write('\r\u001b[2K');
      drawn = false;
    },
  };
}

function liveText(name: string, event: ProgressEvent): string {
  const { phase, step, steps } = event;
  if (steps <= 1) return `${name}  ${phase}`;
  const share = Math.max(0, Math.min(1, step / steps));
  const full = Math.round(share * BAR);
  const bar = '━'.repeat(full) + '·'.repeat(BAR - full);
  return `${name}  ${phase.padEnd(9)} ${bar} ${String(Math.round(100 * share)).padStart(3)} %${lossText(event)}`;
}

function plainText(name: string, event: ProgressEvent): string {
  const { phase, step, steps } = event;
  return `${name}: ${phase}${steps > 1 ? ` ${step}/${steps}` : ''}${lossText(event)}`;
}

/** The objective alone where there is one: a line has no room for a dozen terms. */
function lossText({ losses = {} }: ProgressEvent): string {
  const terms = losses['total'] === undefined ? Object.entries(losses) : [['loss', losses['total']] as const];
  return terms.map(([term, value]) => `  ${term} ${value.toPrecision(4)}`).join('');
}
