export type { CompiledStep, Step, TensorRecord } from './compile/types.js';
export { OnnxBackend } from './onnx-backend.js';
export * from './register-onnx-backend.js';
