import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { parseModalitySpec, SCALES, type ModalitySpec } from './modality-spec.js';
import { parsePathVariable } from './path-variable.js';
import { FORMATS } from './source-spec.js';

const segment = fc.stringMatching(/^[A-Za-z0-9_. -]{1,8}$/);
const path = fc
  .tuple(
    fc.constantFrom('', '/', 'C:\\', 'd:/', './', 'a,b/', 'x:y/'),
    fc.array(segment, { minLength: 1, maxLength: 3 }),
  )
  .map(([root, parts]) => root + parts.join('/'))
  .filter((text) => !/(^|,)(hog|transpose)$/.test(text));
const variable = fc.option(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,6}$/), { nil: undefined });
const size = fc.integer({ min: 1, max: 99 });
const spec = fc
  .record({
    path,
    variable,
    name: fc.option(fc.stringMatching(/^[a-z: -]{1,8}$/), { nil: undefined }),
    image: fc.option(fc.record({ height: size, width: size, channels: size }), { nil: undefined }),
    order: fc.constantFrom('row', 'column'),
    derive: fc.constantFrom(undefined, 'edges', 'hog'),
    scale: fc.constantFrom(...SCALES),
    pca: fc.option(size, { nil: undefined }),
    rows: fc.option(fc.constantFrom({ first: 0 }, { first: 2, last: 7 }, { first: 5, last: 5 }), {
      nil: undefined,
    }),
    absent: fc.constantFrom(undefined, 'nan'),
    transpose: fc.boolean(),
    format: fc.constantFrom(undefined, ...FORMATS),
    header: fc.constantFrom(undefined, true, false),
    delimiter: fc.constantFrom(undefined, ',', '\t', 'blanks'),
    decimal: fc.constantFrom(undefined, '.', ','),
  })
  .map((fields) => JSON.parse(JSON.stringify(fields)) as ModalitySpec);

const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe', blanks: 'blanks' };
const nowhere = () => false;

function write(value: ModalitySpec): string[] {
  const { name, image, order, derive, scale, pca, rows, absent, transpose } = value;
  const { format, header, delimiter, decimal } = value;
  return [
    ...(name === undefined ? [] : [`name=${name}`]),
    ...(image === undefined ? [] : [`image=${image.height}x${image.width}x${image.channels}`]),
    `order=${order}`,
    ...(derive === 'edges' ? ['edges=sobel'] : derive === 'hog' ? ['hog'] : []),
    `scale=${scale}`,
    ...(pca === undefined ? [] : [`pca=${pca}`]),
    ...(rows === undefined ? [] : [`rows=${rows.first}:${rows.last ?? ''}`]),
    ...(absent === undefined ? [] : [`absent=${absent}`]),
    ...(transpose ? ['transpose'] : []),
    ...(format === undefined ? [] : [`format=${format}`]),
    ...(header === undefined ? [] : [`header=${header ? 'yes' : 'no'}`]),
    ...(delimiter === undefined ? [] : [`delimiter=${DELIMITERS[delimiter]}`]),
    ...(decimal === undefined ? [] : [`decimal=${decimal === ',' ? 'comma' : 'point'}`]),
  ];
}

test.prop([spec, fc.integer()])('what is written is read, keys in any order', (value, turn) => {
  const keys = write(value);
  const start = Math.abs(turn) % keys.length;
  const head = value.variable === undefined ? value.path : `${value.path}:${value.variable}`;
  const text = [head, ...keys.slice(start), ...keys.slice(0, start)].join(',');
  expect(parseModalitySpec(text, nowhere)).toEqual(value);
});

test.prop([fc.string()])('any text is read or refused with a typed error', (text) => {
  try {
    expect(parseModalitySpec(text).path).not.toBe('');
  } catch (error) {
    expect(error).toMatchObject({ name: 'CrossmodalError', code: 'option' });
  }
});

test.each([
  ['C:\\data\\coil.mat', { path: 'C:\\data\\coil.mat' }],
  ['C:/data/coil.mat:fea', { path: 'C:/data/coil.mat', variable: 'fea' }],
  ['coil.mat:fea', { path: 'coil.mat', variable: 'fea' }],
  ['a:b/coil.mat', { path: 'a:b/coil.mat' }],
  ['C:fea', { path: 'C', variable: 'fea' }],
])('%s is taken apart', (text, parts) => {
  expect(parsePathVariable('test', text)).toEqual(parts);
});

test.each([
  ['', 'PATH'],
  [':fea', 'PATH:VARIABLE'],
  ['x.mat:', 'PATH:VARIABLE'],
  ['x.mat,scale=huge', 'minmax'],
  ['x.mat,order=up', 'column'],
  ['x.mat,edges=canny', 'sobel'],
  ['x.mat,absent=zero', 'nan'],
  ['x.mat,absent', 'a value'],
  ['x.mat,edges=sobel,hog', 'edges or hog'],
  ['x.mat,image=28', '28x28'],
  ['x.mat,image=0x4', '28x28'],
  ['x.mat,pca=0', '1 or more'],
  ['x.mat,rows=5:2', 'FIRST:LAST'],
  ['x.mat,hog=yes', 'without a value'],
  ['x.mat,scale', 'a value'],
  ['x.mat,name=', 'a value'],
  ['x.mat,colour=red', 'colour'],
  ['x.mat,pca=2,pca=3', 'twice'],
  ['x.mat,axes=hwcn', 'nchw, nhwc'],
  ['x.mat,axes=nchw,order=column', 'axes or order'],
  ['x.csv,header=maybe', 'yes, no'],
  ['x.csv,delimiter=colon', 'comma, semicolon'],
  ['x.csv,decimal=dot', 'point, comma'],
  ['x.csv,format=xlsx', 'csv, tsv'],
  ['-', '-,format=csv'],
])("'%s' is refused", (text, says) => {
  expect(() => parseModalitySpec(text)).toThrow(says);
});

test.each([
  ['set:v2.npy', ['set:v2.npy'], { path: 'set:v2.npy' }],
  ['set:v2.npy:X', ['set:v2.npy', 'set'], { path: 'set:v2.npy', variable: 'X' }],
  ['set:v2', ['set'], { path: 'set', variable: 'v2' }],
  ['a,name=b.csv', ['a,name=b.csv', 'a'], { path: 'a,name=b.csv' }],
  ['a,name=b.csv,name=c', ['a,name=b.csv', 'a'], { path: 'a,name=b.csv', name: 'c' }],
  ['a,hog', ['a,hog'], { path: 'a,hog' }],
  ['a,hog', ['a'], { path: 'a', derive: 'hog' }],
  ['folder:x/y.npy', ['folder'], { path: 'folder:x/y.npy' }],
  ['C:/x.npy', ['C'], { path: 'C:/x.npy' }],
  ['s.mat:data(2).X', ['s.mat'], { path: 's.mat', variable: 'data(2).X' }],
  ['s.mat:data(2,1).X,pca=3', ['s.mat'], { path: 's.mat', variable: 'data(2,1).X', pca: 3 }],
  ['-:v,format=csv', ['-'], { path: '-', variable: 'v', format: 'csv' }],
])("'%s' where %j exist", (text, files, parts) => {
  expect(parseModalitySpec(text, (path) => files.includes(path) && path !== '-')).toEqual({
    order: 'row',
    scale: 'none',
    transpose: false,
    ...parts,
  });
});

test.each([
  ['a.npy,colour=red', /keys.*'colour'/],
  ['a.npy,red', /keys.*'red'/],
  ['a.npy:', /PATH:VARIABLE/],
])("'%s' behind a file that exists is refused", (text, says) => {
  expect(() => parseModalitySpec(text, (path) => path === 'a.npy')).toThrow(says);
});
