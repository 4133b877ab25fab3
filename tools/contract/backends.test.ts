import { useBackend } from '@crossmodal/tensors';
import { backendContract, registerContract } from '@crossmodal/testing';
import { describe, test } from 'vitest';

describe('the onnx backend', () => {
  registerContract(
    test,
    backendContract(() => useBackend('onnx'), { seed: 11 }),
  );
});
