import { describe, expect, test } from 'vitest';
import { readTable } from './read-table.js';
import { selectColumn } from './select-column.js';
import type { TableOptions } from './table.js';
import { tableNumbers } from './table-numbers.js';

const read = (text: string, options: TableOptions = {}) => readTable(Buffer.from(text), options);
const kinds = (text: string, options: TableOptions = {}) =>
  read(text, options).columns.map(({ kind }) => kind);
const names = (text: string, options: TableOptions = {}) =>
  read(text, options).columns.map(({ name }) => name);
const numbers = (text: string, options: TableOptions = {}) =>
  Array.from(tableNumbers(read(text, options)).values);
const items = (text: string, options: TableOptions, name: string) => {
  const column = selectColumn(read(text, options), name);
  return column.kind === 'text' ? column.items : undefined;
};

test('numbers keep all digits of a double', () => {
  expect(numbers('t,u\n1699999999.123456,2460000.00012345\n1699999999.123457,2460000.00012346\n')).toEqual([
    1699999999.123456, 2460000.00012345, 1699999999.123457, 2460000.00012346,
  ]);
});

describe('a header', () => {
  test.each([
    [
      'of years above whole numbers',
      'town;1990;1991;1992\nA;3;0;11\nB;10;5;13\nC;17;12;15\n',
      ['town', '1990', '1991', '1992'],
    ],
    ['that counts the columns', '0,1,2\n-1.25,2.5,3.5\n4.5,5.25,-6.5\n', ['0', '1', '2']],
    ['of pandas', ',0,1\n0,1.5,2.5\n1,3.5,4.5\n', ['column1', '0', '1']],
    [
      'of wavelengths',
      '400,402,404,406,408\n0.1,0.2,0.3,0.2,0.1\n0.3,0.1,0.2,0.4,0.4\n',
      ['400', '402', '404', '406', '408'],
    ],
    ['one name shorter, as R writes it', '"len" "wid"\n"1" 5.1 3.5\n"2" 4.9 3\n', ['column1', 'len', 'wid']],
    [
      'in a comment, as numpy writes it',
      '# alpha beta\n1.0e+00 2.0e+00\n3.0e+00 4.5e+00\n',
      ['alpha', 'beta'],
    ],
    ['after a comment sign', '#gene,x\ng1,1.5\ng2,2.5\n', ['gene', 'x']],
    ['above true and false', 'on,off\nTRUE,false\nFalse,true\n', ['on', 'off']],
    ['above a column with a slip', 'a,b\n1,2\n2,3O\n3,4\n4,5\n', ['a', 'b']],
    ['on several lines', '"a\n(cm)",b\n1,2\n', ['a (cm)', 'b']],
  ])('%s', (_, text, expected) => {
    const table = read(text);
    expect(table.columns.map(({ name }) => name)).toEqual(expected);
    expect(table).toMatchObject({ named: true, dialect: { header: true, headerIsGuess: false }, notes: [] });
  });

  test.each([
    ['numbers', '5.1,3.5\n4.9,3.0\n4.7,3.2\n', false],
    ['numbers and text', '5.1,setosa\n4.9,setosa\n', false],
    ['years that go on', '2001,2002,2003\n2004,2005,2006\n', false],
    ['labels that come again', 'cat\ndog\ncat\n', false],
    ['labels that do not', 'kind\ndog\ncat\n', true],
    ['two whole numbers that count', '0,1\n3,9\n5,7\n', true],
    ['whole numbers above fractions', '17,4\n1.5,2.5\n3.5,4.5\n', true],
    ['a slip in the first line', '1.2x,3\n1,4\n5,6\n', true],
  ])('is not seen in %s', (_, text, isGuess) => {
    const table = read(text);
    expect(table).toMatchObject({ named: false, dialect: { header: false, headerIsGuess: isGuess } });
    expect(table.notes).toHaveLength(isGuess ? 1 : 0);
    expect(table.rows).toBe(text.trim().split('\n').length);
  });

  test('is what the caller says', () => {
    expect(names('1,2\n3,4\n', { header: true })).toEqual(['1', '2']);
    expect(kinds('a,b\n1,2\n', { header: false })).toEqual(['refused', 'refused']);
    expect(() => read('a,b\n', { header: true })).toThrow('got a header alone');
  });

  test('is shown by a name that is asked for', () => {
    const text = 'kind\nx1\n5e3\nx2\n';
    expect(read(text).dialect.header).toBe(false);
    expect(items(text, { text: ['kind'] }, 'kind')).toEqual(['x1', '5e3', 'x2']);
  });
});

describe('a dialect', () => {
  test.each([
    ["separated by ';', decimal comma, header", 'a;b\n1,5;-2,25\n3;4,125\n', [1.5, -2.25, 3, 4.125]],
    ['separated by tabs, decimal comma, header', 'a\tb\n1,5\t-2,25\n3\t4,125\n', [1.5, -2.25, 3, 4.125]],
    ['separated by blanks, decimal comma, no header', '1,5  -2,25\n 3 4,125 \n', [1.5, -2.25, 3, 4.125]],
    ["separated by ',', decimal comma, header", 'a,b\n"1,5","2,25"\n"3","4,5"\n', [1.5, 2.25, 3, 4.5]],
    ["separated by '|', header", 'a|b\n1.5|2\n3|4\n', [1.5, 2, 3, 4]],
    [
      "separated by ';', decimal comma, thousands separated by points, header",
      'p;q\n1.234,5;7\n-2.345.678;8\n',
      [1234.5, 7, -2345678, 8],
    ],
    [
      "separated by ',', thousands separated by commas, header",
      'p,q\n"1,234.5",7\n"2,345,678",8\n',
      [1234.5, 7, 2345678, 8],
    ],
    [
      "separated by ';', thousands separated by apostrophes, header",
      "p;q\n1'234.5;7\n2'345'678;8\n",
      [1234.5, 7, 2345678, 8],
    ],
    [
      "separated by ';', decimal comma, thousands separated by blanks, header",
      'p;q\n1 234,5;7\n2\u00a0345\u00a0678;8\n',
      [1234.5, 7, 2345678, 8],
    ],
    ["separated by ';', decimal comma, no header", '1,5e3;2\n-2,5E-2;3\n', [1500, 2, -0.025, 3]],
    ['separated by blanks, no header', '  1.0D+3   +2.5d-1\n -2.0D0   3.5D0\n', [1000, 0.25, -2, 3.5]],
    ['one column, decimal comma, header', 'x\n1,5\n2,25\n3,125\n', [1.5, 2.25, 3.125]],
    ["separated by ',', header", 'a, b\r\n\r\n1, 2\r\n  \r\n3, 4', [1, 2, 3, 4]],
    ["separated by ',', header", 'a,b\r1,2\r3,4\r', [1, 2, 3, 4]],
    ["separated by ',', header", '\ufeffa,b\n1,2\n', [1, 2]],
    ["separated by ';', decimal comma, header", 'sep=;\na;b\n1,5;2\n', [1.5, 2]],
    [
      "separated by blanks, no header, comments after '#'",
      '# made by us, in May\n#\n1.5 2.5\n# more\n3.5 4.5\n',
      [1.5, 2.5, 3.5, 4.5],
    ],
  ])('%s: %j', (words, text, values) => {
    expect(read(text).dialect.words).toBe(words);
    expect(numbers(text)).toEqual(values);
  });

  test.each([
    ['both', 'a;b;\n1;2;\n3;4;\n', ['number', 'number', 'empty']],
    ['the rows', 'a,b\n1,2,\n3,4,\n', ['number', 'number', 'empty']],
    ['the header', 'a,b,\n1,2\n3,4\n', ['number', 'number']],
  ])('with a delimiter at the end of %s', (_, text, expected) => {
    expect(kinds(text)).toEqual(expected);
    expect(numbers(text)).toEqual([1, 2, 3, 4]);
  });

  test('one decimal sign holds for the whole file', () => {
    expect(numbers('a;b\n1,234;0,5\n2,345;1,25\n')).toEqual([1.234, 0.5, 2.345, 1.25]);
    expect(numbers('a|b\n1,234|0.5\n2,345|1.25\n')).toEqual([1234, 0.5, 2345, 1.25]);
    expect(numbers('a;b\n1.234;0,5\n2.345;1,25\n')).toEqual([1234, 0.5, 2345, 1.25]);
    expect(numbers('a;b\n1.234;0.5\n2.345;1.25\n')).toEqual([1.234, 0.5, 2.345, 1.25]);
  });

  test('a number that can be read in two ways is noted, or decided by the caller', () => {
    const text = 'a;b\n1,234;5\n2,345;6\n';
    expect(read(text).columns[0]).toMatchObject({ note: 'numbers such as 1,234, read with a decimal comma' });
    expect(numbers(text, { decimal: '.' })).toEqual([1234, 5, 2345, 6]);
    expect(read(text, { decimal: ',' }).columns[0]).not.toHaveProperty('note');
  });

  test('seen late, below many rows of whole numbers', () => {
    const rows = Array.from({ length: 150 }, (_, i) => `${i};${i + 1}`);
    const values = numbers(['x;y', ...rows, '0,5;7', '1,25;8'].join('\n'));
    expect(values.slice(-4)).toEqual([0.5, 7, 1.25, 8]);
    expect(values.slice(0, 4)).toEqual([0, 1, 1, 2]);
  });

  test('text is decoded', () => {
    const text = 'Größe;b\n1,5;ü\n2,5;x\n';
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const [bytes, encoding] of [
      [utf16, 'UTF-16'],
      [Buffer.from(utf16).swap16(), 'UTF-16'],
      [Buffer.from(text, 'latin1'), 'windows-1252'],
      [Buffer.from(text), 'UTF-8'],
    ] as const) {
      const table = readTable(bytes);
      expect(table.dialect.encoding).toBe(encoding);
      expect(selectColumn(table, 'Größe')).toMatchObject({ kind: 'number' });
      expect(selectColumn(table, 'b')).toMatchObject({ items: ['ü', 'x'] });
    }
    expect(() => readTable(Buffer.from(text, 'utf16le'))).toThrow('UTF-16 without a byte order mark');
    expect(() => readTable(Buffer.from([0xff, 0xfe, 0, 0, 49, 0, 0, 0]))).toThrow('got UTF-32');
  });
});

describe('an index column', () => {
  test.each([
    [',x\n5,1.5\n9,2.5\n', 'it stands before the named columns'],
    ['"","x"\n"Ford","1.5"\n"Opel","2.5"\n', 'it stands before the named columns'],
    ['x\na 1.5\nb 2.5\n', 'it holds the row names'],
    ['Unnamed: 0,x\n0,1.5\n1,2.5\n', 'its name says that it numbers the rows'],
    ['ID,x\n17,1.5\n4,2.5\n', 'its name says that it identifies the rows'],
    ['index,x\n3,1.5\n2,2.5\n', 'its name and its distinct values identify the rows'],
    ['customer_id,x\n103,1.5\n101,2.5\n', 'its name and its distinct values identify the rows'],
    ['PassengerId,x\n103,1.5\n101,2.5\n', 'its name and its distinct values identify the rows'],
    ['user id,x\nu9,1.5\nu4,2.5\n', 'its name and its distinct values identify the rows'],
    ['1,1.5\n2,2.5\n3,0.5\n', 'it has no name and counts the rows'],
  ])('%j: %s', (text, reason) => {
    const table = read(text);
    expect(table.columns[0]).toMatchObject({ role: 'index', reason });
    expect(table.columns[1]).toMatchObject({ role: 'data' });
    expect(tableNumbers(table).shape).toEqual([table.rows, 1]);
  });

  test.each([
    'id_score,x\n17,1.5\n4,2.5\n',
    'paid,x\n1,1.5\n2,2.5\n',
    'key,x\n1,1.5\n1,2.5\n',
    'index,x\n0.5,1.5\n0.25,2.5\n',
    'x,y\n0,1.5\n1,2.5\n2,3\n',
    '3,1.5\n4,2.5\n5,0.5\n',
  ])('is not seen in %j', (text) => {
    expect(read(text).columns[0]).toMatchObject({ role: 'data' });
  });
});

describe('a cell', () => {
  test('true and false are 1 and 0', () => {
    const table = read('f,x\nTrue,1\nfalse,2\nTRUE,3\n');
    expect(table.columns[0]).toMatchObject({ kind: 'number', isBoolean: true });
    expect(numbers('True 1.5\nFalse 2.5\n')).toEqual([1, 1.5, 0, 2.5]);
    expect(kinds('f,g,x\nyes,T,1\nno,F,2\n')).toEqual(['text', 'text', 'number']);
  });

  test('that is missing refuses its column when that is used, or stands as NaN', () => {
    const text = 'a,b,kind\n1,NA,u\n2,3.5,v\n?,-,\n';
    const table = read(text);
    expect(table.columns).toMatchObject([
      { kind: 'refused', isMissing: true, line: 4, cell: '?', missing: 1, numeric: 2 },
      { kind: 'refused', isMissing: true, line: 2, cell: 'NA', missing: 2, numeric: 1 },
      { kind: 'text', items: ['u', 'v', ''], missing: 1 },
    ]);
    expect(() => tableNumbers(table)).toThrow(
      "a number on line 4, column 1 ('a'), got '?'. Where all values of a row are",
    );
    expect(numbers(text, { missing: 'nan' })).toEqual([1, NaN, 2, 3.5, NaN, NaN]);
    expect(kinds('a,b\n1,\n2,3\n,4\n', { missing: 'nan' })).toEqual(['number', 'number']);
  });

  test('in a column without a value is counted', () => {
    expect(read('a,b,c\n1,NA,\n2,NA,\n').columns).toMatchObject([
      { kind: 'number' },
      { kind: 'empty', isBlank: false, missing: 2, line: 2, cell: 'NA' },
      { kind: 'empty', isBlank: true, missing: 2 },
    ]);
  });

  test('that is a slip refuses its column when that is used', () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${i / 8},${i === 250 ? '3l.5' : i},${'uv'[i % 2]}`);
    const table = read(['a,b,kind', ...rows].join('\n'));
    expect(table.columns.map(({ kind }) => kind)).toEqual(['number', 'refused', 'text']);
    expect(tableNumbers(table, [table.columns[0]!]).shape).toEqual([300, 1]);
    expect(() => tableNumbers(table)).toThrow(
      "a number on line 252, column 2 ('b'), got '3l.5'. Most cells of the column are numbers",
    );
    expect(kinds('a\ninf\n2\n3\n')).toEqual(['refused']);
    expect(kinds('a\n0x1F\n2\n3\n')).toEqual(['refused']);
  });

  test('that is a number among text is text', () => {
    expect(read('a,x\nu,1\n7,2\nv,3\n').columns[0]).toMatchObject({
      kind: 'text',
      items: ['u', '7', 'v'],
      numeric: 1,
    });
    const late = [
      'a,x',
      ...Array.from({ length: 120 }, (_, i) => `${i},1`),
      ...Array.from({ length: 200 }, (_, i) => `w${i},2`),
    ];
    const column = read(late.join('\n')).columns[0]!;
    expect(column).toMatchObject({ kind: 'text', numeric: 120 });
    expect(column.kind === 'text' && column.items.slice(119, 121)).toEqual(['119', 'w0']);
  });

  test.each([
    ['12 cm', '-3.5 cm', 'cm'],
    ['5%', '107.25 %', '%'],
    ['1,5 kg', '2,25 kg', 'kg'],
    ['$3.50', '$1,200', '$'],
  ])('%s and %s have a unit', (a, b, unit) => {
    const table = read(`len;x\n${a};1\n${b};2\n`);
    expect(table.columns[0]).toMatchObject({ kind: 'text', unit, note: `numbers with the unit '${unit}'` });
    expect(() => tableNumbers(table, [table.columns[0]!])).toThrow(
      `got numbers with the unit '${unit}'. Take the unit out`,
    );
  });

  test('of a text column keeps all that tells it from others', () => {
    const text = 'kind,x\n01,1\n1,2\n 001 ,3\n"1e5",4\n100000,5\n"a, ""b""",6\n';
    expect(items(text, { text: ['kind'] }, 'kind')).toEqual(['01', '1', '001', '1e5', '100000', 'a, "b"']);
    expect(kinds(text, { text: 'all' })).toEqual(['text', 'text']);
    expect(items('01\n1\n', { text: ['column1'] }, 'column1')).toEqual(['01', '1']);
  });

  test('with more digits than a double holds is noted', () => {
    expect(read('a,b\n9007199254740993,9007199254740992\n').columns).toMatchObject([
      { note: 'whole numbers with more digits than a double holds' },
      expect.not.objectContaining({ note: expect.anything() }),
    ]);
  });

  test('cannot steer a terminal through a message', () => {
    const table = read('\u001b[31mred\n1\n2\n\u001b[0mx\n');
    expect(table.columns[0]!.name).toBe('[31mred');
    expect(() => tableNumbers(table)).toThrow("got '[0mx'");
  });
});

test('a name that is not there, or there twice', () => {
  expect(() => selectColumn(read('a,b\n1,2\n'), 'c')).toThrow("a column 'c', got columns 'a', 'b'");
  expect(() => selectColumn(read('a,a\n1,2\n'), 'a')).toThrow(
    "one column 'a', got columns 1 and 2 of that name",
  );
  expect(() => selectColumn(read('1.5,2\n3,4\n'), 'a')).toThrow('The first line was read as data');
});

test('lines of other lengths, too many columns and no rows are refused', () => {
  expect(() => read('a,b\n1,2\n3\n')).toThrow("2 cells on line 3, got 1, '3'");
  expect(() => read('1 2\n3\n4 5\n')).toThrow('2 cells on line 2, got 1');
  expect(() => read(',\n'.repeat(0))).toThrow('one line of values at least, got none');
  expect(() => read(`${','.repeat(2 ** 20)}\n`)).toThrow('at most 1048576 columns');
  expect(() => read('a,b\n1,"2\n3,4\n')).toThrow('a quote that is never closed on line 2');
});

test('long lines, and blank lines before the first, are seen whole', () => {
  const wide = Array.from({ length: 200_000 }, (_, j) => `${j / 8}`).join(';');
  expect(read(`${wide}\n${wide}\n`)).toMatchObject({ rows: 2, slots: 200_000 });
  expect(numbers(`${'\n'.repeat(3_000_000)}a;b\n1,5;2\n`)).toEqual([1.5, 2]);
});

describe('names above one column', () => {
  const read = (text: string) => readTable(new TextEncoder().encode(text));

  test.each(['mean value', 'height, cm', 'true label'])('%s', (name) => {
    const table = read(`${name}\n1.5\n2.5\n3.25\n`);
    expect(table).toMatchObject({ rows: 3, named: true });
    expect(table.columns).toHaveLength(1);
  });

  test('groups of thousands between blanks are refused, not taken for row names', () => {
    expect(() => read('value\n1 100\n2 101\n1 102\n2 103\n')).toThrow(/1 cell on line 2, got 2/);
  });

  test('a name with two blanks is asked for as it is shown', () => {
    const bytes = new TextEncoder().encode('my  class,x\n01,1\n1,2\n');
    const [column] = readTable(bytes, { text: ['my class'] }).columns;
    expect(column).toMatchObject({ name: 'my class', kind: 'text', items: ['01', '1'] });
  });
});
