import { denseMatrix, images } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { clusteringReport } from './clustering-report.js';
import type { ReportContent } from './report-content.js';

function content(text: string): ReportContent {
  // Always a second class, or the table of counts would have a column less.
  const other = text === 'b' ? 'c' : 'b';
  return {
    title: text,
    lead: text,
    facts: [{ label: text, value: text }],
    scores: {
      caption: text,
      columns: [
        { key: 'acc', label: text, title: text },
        { key: 'time', label: 'Time', kind: 'seconds' },
      ],
      rows: [
        { name: text, detail: text, scores: { acc: { mean: 0.5, std: 0.1 }, time: { mean: 12.34 } } },
        { name: 'other', scores: { acc: { mean: 0.75 } }, emphasis: true },
      ],
    },
    clusterings: [
      {
        name: text,
        note: text,
        labels: [0, 0, 1, 1],
        truth: [text, other, other, other],
        affinity: denseMatrix(
          Float64Array.from({ length: 16 }, (_, i) => i % 3),
          4,
          4,
        ),
        images: images(
          text,
          denseMatrix(
            Float32Array.from({ length: 16 }, (_, i) => i),
            4,
            4,
          ),
          { height: 2, width: 2 },
        ),
      },
    ],
    notes: [text],
  };
}

test.prop([
  fc.oneof(
    fc.string(),
    fc.constantFrom('b', '<script>alert(1)</script>', `"><img src=x onerror='x'>`, '&lt;'),
  ),
])('no text given becomes markup, whatever it is', (text) => {
  const tags = (page: string) => page.match(/<[^>]*>/g)!.map((tag) => tag.split(/[\s>]/)[0]);
  const quiet = clusteringReport(content('a'));
  const page = clusteringReport(content(text));
  expect(tags(page)).toEqual(tags(quiet));
  expect(page).not.toMatch(/<script/i);
});

test('the page loads nothing and says what its pictures show', () => {
  const page = clusteringReport(content('digits'));
  expect(page).not.toMatch(/https?:|url\(|@import|<link|<script/);
  const sources = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]!);
  expect(sources.length).toBeGreaterThan(0);
  for (const source of sources) expect(source).toMatch(/^data:image\/png;base64,/);
  for (const [picture] of page.matchAll(/<(?:img|svg)[^>]*>/g))
    expect(picture).toMatch(/(?:alt|aria-label)="[^"]+"/);
});

test('scores are printed with their spread, the best of a column in bold, and gaps as dashes', () => {
  const page = clusteringReport(content('digits'));
  expect(page).toContain('0.500<small>± 0.100</small>');
  expect(page).toContain('<b>0.750</b>');
  expect(page).toContain('12.3 s');
  expect(page).toContain('<td class="none">–</td>');
});

test('the contingency table counts objects by class in each cluster', () => {
  const page = clusteringReport({
    title: 't',
    clusterings: [{ name: 'm', labels: [0, 0, 0, 1], truth: ['a', 'a', 'b', 'b'] }],
  });
  const counts = [...page.matchAll(/<td(?: class="(?:most|less)[^>]*)?>(\d*)<\/td>/g)].map(
    (match) => match[1],
  );
  expect(counts).toEqual(['2', '1', '', '1']);
  expect(page).toContain('3 of 4 objects');
});

test('a report needs nothing but a title', () => {
  expect(clusteringReport({ title: 'Nothing yet', clusterings: [] })).toContain('<h1>Nothing yet</h1>');
});

test('objects without an image are not among the samples, and a cluster may have none', () => {
  const { clusterings, ...rest } = content('a');
  const [{ images: all, ...clustering }] = clusterings as [(typeof clusterings)[number]];
  const width = (present: readonly number[]) => {
    const some = images('a', all!.features, { height: 2, width: 2 }, Uint8Array.from(present));
    const page = clusteringReport({ ...rest, clusterings: [{ ...clustering, images: some }] });
    return [...page.matchAll(/<img [^>]*width="(\d+)"[^>]*alt="Images of cluster/g)].map(([, w]) =>
      Number(w),
    );
  };
  expect(width([1, 1, 1, 1])).toEqual([6, 6]);
  expect(width([0, 1, 1, 1])).toEqual([2, 6]);
  expect(width([0, 0, 1, 1])).toEqual([6]);
});
