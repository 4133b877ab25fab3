import { tf } from '@crossmodal/tensors';
import { describe, expect, test } from 'vitest';
import { backendContract, backendPrograms, registerContract } from '../src/index.js';

describe('the cpu backend passes against itself', () => {
  registerContract(
    test,
    backendContract(() => tf.setBackend('cpu'), { runs: 2 }),
  );
});

test('a backend that computes something else fails', async () => {
  let turned = false;
  const [program] = backendPrograms;
  const wrong = {
    ...program!,
    apply: (...xs: tf.Tensor[]) => tf.mul(program!.apply(...xs), turned ? 1.01 : 1),
  };
  const [contract] = backendContract(
    async () => {
      await tf.setBackend('cpu');
      turned = true;
    },
    { programs: [wrong], runs: 5 },
  );
  await expect(contract!.run()).rejects.toThrow();
});
