import { parseOptions, randomSource } from '@crossmodal/core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { listMembers } from './list-members.js';
import { defaultMembers, membersOption } from './member-options.js';

const parse = (members: unknown) =>
  parseOptions('createConsensus', z.strictObject({ members: membersOption }), { members }).members;
const member = (method: string, seeds = 1, options = {}) => ({ method, seeds, options });

describe('members', () => {
  test.each([
    ['exact', [member('exact')]],
    ['exact, dmim:3', [member('exact'), member('dmim', 3)]],
    ['@me/my-method:2', [member('@me/my-method', 2)]],
    [
      ['exact', 'dmim:2'],
      [member('exact'), member('dmim', 2)],
    ],
    [[{ method: 'dmim', options: { steps: 3 } }], [member('dmim', 1, { steps: 3 })]],
    [
      ['exact', { method: 'eamc', seeds: 2 }],
      [member('exact'), member('eamc', 2)],
    ],
  ])('%j', (given, expected) => {
    expect(parse(given)).toEqual(expected);
    // A saved model is read by the rules for those of a caller.
    expect(parse(parse(given))).toEqual(expected);
  });

  test.each([
    '',
    'exact,',
    'dmim:0',
    'dmim:x',
    'a b',
    [],
    [3],
    3,
    null,
    [{ seeds: 2 }],
    [{ method: 'exact', seeds: 0 }],
    [{ method: 'exact', seed: 1 }],
  ])('%j is refused', (given) => {
    expect(() => parse(given)).toThrow(expect.objectContaining({ code: 'option' }));
  });

  test('a wrong one is told what is right', () => {
    expect(() => parse('exact,dmim:0')).toThrow(/option 'members': expected METHOD or METHOD:SEEDS/);
  });
});

test('of one modality only those that need no second are asked by default', () => {
  expect(defaultMembers(2).map(({ method }) => method)).toEqual(['exact', 'dmim', 'dmsc', 'eamc']);
  expect(defaultMembers(1).map(({ method }) => method)).toEqual(['exact', 'dmsc']);
});

test('members of one method in two places are numbered through', () => {
  const specs = [member('dmim'), member('exact'), member('dmim', 2, { steps: 5 })];
  const members = listMembers(specs, randomSource(1));
  expect(members.map(({ name }) => name)).toEqual(['dmim 1', 'exact', 'dmim 2', 'dmim 3']);
  expect(new Set(members.map(({ seed }) => seed)).size).toBe(4);
  expect(members[2]!.options).toEqual({ steps: 5 });
});
