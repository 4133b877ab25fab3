import { expect, test, vi } from 'vitest';
import { useBackend } from './use-backend.js';

const register = vi.hoisted(() => vi.fn());
vi.mock('@crossmodal/backend-onnx', () => ({ registerOnnxBackend: register }));

test('threads and profile reach the backend that knows them', async () => {
  // A failure leaves the backend of other tests as it was.
  register.mockRejectedValue(new Error('no library'));
  const options = { threads: 2, profile: 'folder/step' };
  await expect(useBackend('onnx', options)).rejects.toMatchObject({ code: 'backend' });
  expect(register).toHaveBeenCalledWith(options);
});
