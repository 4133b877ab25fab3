import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { clusterGroups, naturalOrder } from './cluster-groups.js';

const labelled = fc.array(
  fc.record({ label: fc.integer({ min: 0, max: 5 }), truth: fc.constantFrom('a', 'b', 'c10', 'c9') }),
);

test.prop([labelled])(
  'every object is in one group, the group of its label, and strangers are those off the majority',
  (objects) => {
    const labels = objects.map((object) => object.label);
    const truth = objects.map((object) => object.truth);
    const groups = clusterGroups(labels, truth);
    expect(groups.flatMap((group) => [...group.members]).sort((a, b) => a - b)).toEqual(
      labels.map((_, i) => i),
    );
    for (const { cluster, members, majority, strangers } of groups) {
      expect(members.every((i) => labels[i] === cluster)).toBe(true);
      expect([...strangers!]).toEqual([...members].filter((i) => truth[i] !== majority));
      const most = members.length - strangers!.length;
      for (const name of new Set(truth))
        expect(members.filter((i) => truth[i] === name).length).toBeLessThanOrEqual(most);
    }
    for (let g = 1; g < groups.length; g++) {
      expect(naturalOrder(groups[g - 1]!.majority!, groups[g]!.majority!)).toBeLessThanOrEqual(0);
    }
  },
);

test('without classes, groups come by cluster number', () => {
  expect(clusterGroups([2, 0, 2]).map((group) => group.cluster)).toEqual([0, 2]);
});

test('classes of another number than labels, and labels that are no cluster numbers, are refused', () => {
  expect(() => clusterGroups([0, 1], ['a'])).toThrow(expect.objectContaining({ code: 'shape' }));
  expect(() => clusterGroups([0, 0.5])).toThrow(expect.objectContaining({ code: 'value' }));
});
