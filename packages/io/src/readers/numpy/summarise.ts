import { isCrossmodalError } from '@crossmodal/core';
import { describeNumbers, describeStruct, describeText } from '../../arrays/describe-array.js';
import type { VariableSummary } from '../../arrays/variable-summary.js';
import { parseElementType } from './element-type.js';
import { parseNpyHeader } from './header.js';
import { parseRecordType } from './record-fields.js';

/** Tells kind and shape of a `.npy` file from its first bytes. */
export function summariseNpy(start: Uint8Array, where: string): VariableSummary {
  const { shape, descr } = parseNpyHeader(start, where);
  try {
    if (descr.startsWith('[')) {
      const names = parseRecordType(descr, where).fields.map(({ name }) => name);
      return { kind: 'struct', shape: [], description: describeStruct(names, []) };
    }
    const type = parseElementType(descr, where);
    if (type.kind === 'number') {
      const logical = /b1'$/.test(descr);
      return { kind: 'array', shape, ...(logical ? { logical } : {}), description: describeNumbers(shape) };
    }
    const lines = shape.reduce((product, size) => product * size, 1);
    return { kind: 'text', shape, description: describeText(lines) };
  } catch (error) {
    if (!isCrossmodalError(error)) throw error;
    return { kind: 'unreadable', shape, description: error.received };
  }
}
