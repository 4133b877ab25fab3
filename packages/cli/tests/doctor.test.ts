import { expect, test, vi } from 'vitest';
import { command } from './fixture.js';

const backend = vi.hoisted(() => ({
  registerOnnxBackend: vi.fn(),
  inspectInstallation: vi.fn(),
  inspectTelemetry: vi.fn(),
}));
vi.mock('@crossmodal/backend-onnx', () => backend);

test('doctor repeats what a broken install and a library with telemetry say of themselves', async () => {
  backend.registerOnnxBackend.mockRejectedValue(new Error('no library; remove it and install again'));
  backend.inspectInstallation.mockReturnValue({ summary: 'lacks its library' });
  backend.inspectTelemetry.mockReturnValue({ off: false, reason: 'it was loaded before' });
  const { stdout } = await command(['doctor']);
  expect(stdout).toMatch(/onnx +- +no library; remove it and install again$/m);
  expect(stdout).toMatch(/^install of ONNX Runtime: lacks its library$/m);
  expect(stdout).toMatch(/^telemetry of ONNX Runtime: on \(it was loaded before\)$/m);
});

test('doctor says how to install the backend where npm has undone its install', async () => {
  const missing = new Error("Cannot find package '@crossmodal/backend-onnx' imported from here");
  backend.registerOnnxBackend.mockRejectedValue(missing);
  const { stdout } = await command(['doctor', '--json']);
  const { telemetry, backends } = JSON.parse(stdout) as {
    telemetry: unknown;
    backends: { name: string; reason: string }[];
  };
  expect(telemetry).toEqual({ onnxRuntime: 'off', reason: 'it is not installed' });
  const { reason } = backends.find(({ name }) => name === 'onnx')!;
  expect(reason).toContain("'npm install --ignore-scripts @crossmodal/backend-onnx'");
});
