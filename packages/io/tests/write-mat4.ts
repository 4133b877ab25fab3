/** Number formats of version 4, by the digit that stands for each. */
export const MAT4_FORMATS = ['f8', 'f4', 'i4', 'i2', 'u2', 'u1'] as const;

/** A matrix for {@link writeMat4}; values are given column after column, as the file keeps them. */
export interface Mat4Variable {
  readonly shape: readonly [number, number];
  readonly values: readonly number[];
  /** @defaultValue 'f8' */
  readonly format?: (typeof MAT4_FORMATS)[number];
  /** 0 full, 1 text, 2 sparse. @defaultValue 0 */
  readonly kind?: number;
  readonly imaginary?: readonly number[];
  /** 0 and 1 are IEEE 754, 2 to 4 are VAX and Cray. @defaultValue that of the byte order */
  readonly machine?: number;
}

/** Writes MATLAB 4 files for tests of the reader. */
export function writeMat4(
  variables: readonly (readonly [string, Mat4Variable])[],
  littleEndian: boolean,
): Uint8Array {
  const parts = variables.flatMap(([name, variable]) => {
    const { shape, values, format = 'f8', kind = 0, imaginary, machine = littleEndian ? 0 : 1 } = variable;
    const type = 1000 * machine + 10 * MAT4_FORMATS.indexOf(format) + kind;
    const header = [type, ...shape, imaginary ? 1 : 0, name.length + 1];
    const text = Uint8Array.from(`${name}\0`, (c) => c.charCodeAt(0));
    return [
      numbers(header, 'i4', littleEndian),
      text,
      numbers([...values, ...(imaginary ?? [])], format, littleEndian),
    ];
  });
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function numbers(values: readonly number[], format: string, little: boolean): Uint8Array {
  const size = Number(format[1]);
  const view = new DataView(new ArrayBuffer(values.length * size));
  values.forEach((value, i) => {
    const p = i * size;
    if (format === 'f8') view.setFloat64(p, value, little);
    else if (format === 'f4') view.setFloat32(p, value, little);
    else if (format === 'i4') view.setInt32(p, value, little);
    else if (format === 'i2') view.setInt16(p, value, little);
    else if (format === 'u2') view.setUint16(p, value, little);
    else view.setUint8(p, value);
  });
  return new Uint8Array(view.buffer);
}
