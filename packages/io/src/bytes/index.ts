export { damagedModel, type ModelArrays } from '../models/model-arrays.js';
export { readModelBytes, writeModelBytes } from '../models/model-bytes.js';
export { readNpy } from '../readers/numpy/read-npy.js';
export { readNpz } from '../readers/numpy/read-npz.js';
export type { WritableArray } from '../writers/writable-array.js';
export { writeNpy } from '../writers/write-npy.js';
export { writeNpz } from '../writers/write-npz.js';
