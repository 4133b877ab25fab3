export type { CompiledStep, CompileOptions, Step, TensorRecord } from './compile/types.js';
export { OnnxBackend } from './onnx-backend.js';
export * from './register-onnx-backend.js';
export {
  inspectInstallation,
  type InstallationPlace,
  type OnnxInstallation,
} from './runtime/installation.js';
export { inspectTelemetry, type TelemetryReport } from './runtime/telemetry.js';
