import { zlibSync } from 'fflate';

/** A variable for {@link writeMat5}; values are given in column-major order, as the file keeps them. */
export type MatVariable =
  | {
      readonly kind: 'numeric';
      readonly matlabClass: number;
      readonly type: number;
      readonly shape: readonly number[];
      readonly values: readonly number[];
      readonly flags?: number;
    }
  | {
      readonly kind: 'sparse';
      readonly rows: number;
      readonly columns: number;
      readonly rowIndices: readonly number[];
      readonly columnOffsets: readonly number[];
      readonly values: readonly number[];
      readonly flags?: number;
      /** Data type of the values; default 9, doubles. */
      readonly type?: number;
      /** Data type that the file states instead. */
      readonly taggedAs?: number;
      /** The imaginary parts. */
      readonly imaginary?: readonly number[];
    }
  | { readonly kind: 'char'; readonly shape: readonly number[]; readonly text: string; readonly type: number }
  | { readonly kind: 'cell'; readonly shape: readonly number[]; readonly items: readonly MatVariable[] }
  | {
      readonly kind: 'struct';
      /** Default one struct; of an array each field lists its values down the columns. */
      readonly shape?: readonly number[];
      readonly fields: Readonly<Record<string, MatVariable | readonly MatVariable[]>>;
    }
  | { readonly kind: 'object'; readonly system: string; readonly className: string }
  | { readonly kind: 'empty' };

/** Bytes a number of each data type takes. */
export const MAT_TYPES: Readonly<Record<number, { size: number; minimum: number; maximum: number }>> = {
  1: { size: 1, minimum: -128, maximum: 127 },
  2: { size: 1, minimum: 0, maximum: 255 },
  3: { size: 2, minimum: -32768, maximum: 32767 },
  4: { size: 2, minimum: 0, maximum: 65535 },
  5: { size: 4, minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  6: { size: 4, minimum: 0, maximum: 2 ** 32 - 1 },
  7: { size: 4, minimum: -1000, maximum: 1000 },
  9: { size: 8, minimum: -1e9, maximum: 1e9 },
  12: { size: 8, minimum: -(2 ** 53), maximum: 2 ** 53 },
  13: { size: 8, minimum: 0, maximum: 2 ** 53 },
};

/** Writes MATLAB 5 files for tests of the reader. */
export function writeMat5(
  variables: Readonly<Record<string, MatVariable>>,
  options: { readonly littleEndian?: boolean; readonly compressed?: boolean } = {},
): Uint8Array {
  const { littleEndian = true, compressed = false } = options;
  const header = new Uint8Array(128).fill(32);
  header.set(new TextEncoder().encode('MATLAB 5.0 MAT-file'));
  header.set(littleEndian ? [0, 1, 73, 77] : [1, 0, 77, 73], 124);
  const parts: Uint8Array[] = [header];
  for (const [name, variable] of Object.entries(variables)) {
    const element = matrix(name, variable, littleEndian);
    if (!compressed) parts.push(element);
    else {
      const packed = zlibSync(element);
      parts.push(words([15, packed.length], littleEndian), packed);
    }
  }
  return concat(parts);
}

function matrix(name: string, variable: MatVariable, little: boolean): Uint8Array {
  if (variable.kind === 'empty') return words([14, 0], little);
  const body = concat([...head(name, variable, little), ...content(variable, little)]);
  return concat([words([14, body.length], little), body]);
}

function head(
  name: string,
  variable: Exclude<MatVariable, { kind: 'empty' }>,
  little: boolean,
): Uint8Array[] {
  const classes = { cell: 1, struct: 2, char: 4, sparse: 5, numeric: 0, object: 17 } as const;
  const flags =
    (variable.kind === 'numeric' ? variable.matlabClass : classes[variable.kind]) |
    ('flags' in variable ? (variable.flags ?? 0) : 0);
  if (variable.kind === 'object') return [numbers(6, [flags, 0], little), text(name, little)];
  const shape =
    variable.kind === 'sparse'
      ? [variable.rows, variable.columns]
      : variable.kind === 'struct'
        ? (variable.shape ?? [1, 1])
        : variable.shape;
  return [numbers(6, [flags, 0], little), numbers(5, shape, little), text(name, little)];
}

function content(variable: MatVariable, little: boolean): Uint8Array[] {
  switch (variable.kind) {
    case 'empty':
      return [];
    case 'numeric':
      return [numbers(variable.type, variable.values, little)];
    case 'sparse':
      return [
        numbers(5, variable.rowIndices, little),
        numbers(5, variable.columnOffsets, little),
        tagged(
          variable.taggedAs ?? variable.type ?? 9,
          dataOf(variable.type ?? 9, variable.values, little),
          little,
        ),
        ...(variable.imaginary ? [numbers(9, variable.imaginary, little)] : []),
      ];
    case 'object':
      return [
        text(variable.system, little),
        text(variable.className, little),
        matrix('', { kind: 'empty' }, little),
      ];
    case 'char': {
      if (variable.type === 16) return [tagged(16, new TextEncoder().encode(variable.text), little)];
      const codes = Array.from({ length: variable.text.length }, (_, i) => variable.text.charCodeAt(i));
      const encoded = numbers(4, codes, little);
      return [variable.type === 4 ? encoded : tagged(17, dataOf(4, codes, little), little)];
    }
    case 'cell':
      return variable.items.map((item) => matrix('', item, little));
    case 'struct': {
      const names = new Uint8Array(32 * Object.keys(variable.fields).length);
      Object.keys(variable.fields).forEach((field, f) => names.set(new TextEncoder().encode(field), 32 * f));
      const lists = Object.values(variable.fields).map((value) => ('kind' in value ? [value] : value));
      const values = (lists[0] ?? []).flatMap((_, i) => lists.map((list) => matrix('', list[i]!, little)));
      return [numbers(5, [32], little), tagged(1, names, little), ...values];
    }
  }
}

function text(line: string, little: boolean): Uint8Array {
  return tagged(1, new TextEncoder().encode(line), little);
}

function numbers(type: number, values: readonly number[], little: boolean): Uint8Array {
  return tagged(type, dataOf(type, values, little), little);
}

function dataOf(type: number, values: readonly number[], little: boolean): Uint8Array {
  const { size } = MAT_TYPES[type]!;
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    const p = i * size;
    if (type === 1) view.setInt8(p, value);
    else if (type === 2) view.setUint8(p, value);
    else if (type === 3) view.setInt16(p, value, little);
    else if (type === 4) view.setUint16(p, value, little);
    else if (type === 5) view.setInt32(p, value, little);
    else if (type === 6) view.setUint32(p, value, little);
    else if (type === 7) view.setFloat32(p, value, little);
    else if (type === 9) view.setFloat64(p, value, little);
    else if (type === 12) view.setBigInt64(p, BigInt(value), little);
    else view.setBigUint64(p, BigInt(value), little);
  });
  return bytes;
}

/** An element in small form where it fits, else padded to 8 bytes. */
function tagged(type: number, data: Uint8Array, little: boolean): Uint8Array {
  if (data.length > 0 && data.length <= 4) {
    const small = words([(data.length << 16) | type, 0], little);
    small.set(data, 4);
    return small;
  }
  const padding = new Uint8Array((8 - (data.length % 8)) % 8);
  return concat([words([type, data.length], little), data, padding]);
}

function words(values: readonly number[], little: boolean): Uint8Array {
  return dataOf(6, values, little);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    result.set(part, position);
    position += part.length;
  }
  return result;
}
