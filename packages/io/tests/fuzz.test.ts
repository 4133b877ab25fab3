import { isCrossmodalError } from '@crossmodal/core';
import {
  decodeArrays,
  readDelimited,
  readIdx,
  readMat4,
  readMat5,
  readNpy,
  readNpz,
  readTable,
  summariseVariable,
  tableNumbers,
  type ArrayValue,
} from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { expect, test as plain } from 'vitest';
import { validFiles } from './valid-files.js';

const readers = { readMat4, readMat5, readNpy, readNpz, readDelimited, readIdx };
const files = [...validFiles()];
// Small, so that a file that asks for too much is refused in a test as it is in use.
const options = { maximumBytes: 1 << 20 };

/** A reader gives a value or a typed error, nothing else, and so does every variable of it. */
function behaves(read: () => unknown): void {
  const attempt = <T>(get: () => T): T | undefined => {
    try {
      return get();
    } catch (error) {
      if (!isCrossmodalError(error)) throw error;
      expect(['format', 'unsupported', 'value']).toContain(error.code);
      return undefined;
    }
  };
  const found = attempt(read);
  if (!isVariables(found)) return;
  for (const name of found.keys()) {
    expect(summariseVariable(found, name)).toBeDefined();
    attempt(() => inside(found.get(name)!));
  }
}

function isVariables(found: unknown): found is ReadonlyMap<string, ArrayValue> {
  return typeof found === 'object' && found !== null && 'keys' in found && 'get' in found;
}

/** Decodes what lies inside a struct as well. */
function inside(value: ArrayValue): void {
  if (value.kind === 'cell') value.items.forEach(inside);
  if (value.kind === 'struct') for (const items of value.fields.values()) items.forEach(inside);
}

plain.each(files)('%s is valid as it is', (name, bytes) => {
  expect(decodeArrays(bytes, name, options).size).toBeGreaterThan(0);
});

test.prop([fc.uint8Array({ maxLength: 600 })], { numRuns: 300 })('arbitrary bytes', (bytes) => {
  for (const read of Object.values(readers)) behaves(() => read(bytes, options));
  behaves(() => decodeArrays(bytes, 'x', options));
});

const pieces = fc.constantFrom(
  ...[',', ';', '\t', '|', ' ', '"', '\n', '\r', '\r\n', '#', '%', '.', '-', "'", '\u00a0', '\ufeff'],
  ...[
    '0',
    '1',
    '2011',
    '1,5',
    '1.234',
    '1e5',
    'NA',
    'nan',
    'inf',
    'True',
    'id',
    'a',
    'sep=;',
    '12 mm',
    'ü',
    '\u001b[31m',
  ],
);

test.prop([fc.array(pieces, { maxLength: 60 }), fc.constantFrom<'refuse' | 'nan'>('refuse', 'nan')], {
  numRuns: 3000,
})('arbitrary tables: every cell is a number, text, or accounted for', (parts, missing) => {
  behaves(() => {
    const table = readTable(Buffer.from(parts.join('')), { missing });
    for (const column of table.columns) {
      if (column.kind === 'text') expect(column.items).toHaveLength(table.rows);
      else if (column.kind !== 'number')
        expect(() => tableNumbers(table, [column])).toThrow('expected a number on line');
      else {
        const { values } = tableNumbers(table, [column]);
        expect(values).toHaveLength(table.rows);
        expect(values.filter((x) => !Number.isFinite(x))).toHaveLength(column.missing);
        if (missing === 'refuse') expect(column.missing).toBe(0);
      }
    }
  });
});

// The start that makes a reader go on, then arbitrary bytes.
test.prop([fc.constantFrom(...files), fc.nat(200), fc.uint8Array({ maxLength: 400 })], { numRuns: 300 })(
  'a valid start and an arbitrary rest',
  ([name, valid], kept, rest) => {
    const start = name.endsWith('.mat') ? 128 + kept : Math.min(kept, 40);
    const bytes = Uint8Array.from([...valid.subarray(0, start), ...rest]);
    behaves(() => decodeArrays(bytes, name, options));
  },
);

test.prop([fc.constantFrom(...files), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })], {
  numRuns: 300,
})('a valid file cut short', ([name, valid], share) => {
  behaves(() => decodeArrays(valid.subarray(0, Math.floor(share * valid.length)), name, options));
});

const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });

test.prop([fc.constantFrom(...files), edits], { numRuns: 1000 })(
  'a valid file with bytes changed',
  ([name, valid], changes) => {
    const bytes = valid.slice();
    for (const [place, value] of changes) bytes[place % bytes.length] = value;
    behaves(() => decodeArrays(bytes, name, options));
  },
);

// Every place where a size may stand is set to sizes that lie; those of .mat files stand at multiples of 4.
plain.each(files)('%s with any size made huge', (name, valid) => {
  const step = name.endsWith('.mat') ? 4 : 1;
  for (let place = 0; place + 4 <= valid.length; place += step) {
    for (const word of [0xffffffff, 0x7fffffff, 0x00ffffff]) {
      for (const little of [true, false]) {
        const bytes = valid.slice();
        new DataView(bytes.buffer).setUint32(place, word, little);
        behaves(() => decodeArrays(bytes, name, options));
      }
    }
  }
});
