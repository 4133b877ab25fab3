/** A `.npy` file of any header. */
export function npy(
  version: number,
  descr: string,
  fortran: boolean,
  tuple: string,
  data: Uint8Array,
): Uint8Array {
  const header = `{'descr': ${descr}, 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${tuple}), }\n`;
  const bytes = Uint8Array.from([0x93, ...new TextEncoder().encode('NUMPY'), version, 0]);
  const length =
    version === 1
      ? [header.length & 255, header.length >> 8]
      : [header.length & 255, header.length >> 8, 0, 0];
  return Uint8Array.from([...bytes, ...length, ...new TextEncoder().encode(header), ...data]);
}
