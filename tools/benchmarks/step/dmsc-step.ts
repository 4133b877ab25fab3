import { tf, type Step, type TensorRecord } from '@crossmodal/tensors';

interface Layer {
  readonly weight: tf.Variable<tf.Rank.R4>;
  readonly bias: tf.Variable<tf.Rank.R1>;
  readonly stride: number;
}

// Input channels, output channels, kernel, stride: the paper's encoder.
const LAYERS = [
  [1, 10, 5, 2],
  [10, 20, 3, 1],
  [20, 30, 3, 2],
] as const;

/** DMSC's training step on random images of two modalities, the same that step.py takes. */
export function dmscStep(samples: number): { step: Step; inputs: TensorRecord; variables: tf.Variable[] } {
  let seed = 1;
  const modalities = [0, 1].map(() => {
    const layer = (wide: number, narrow: number, kernel: number, stride: number): Layer => ({
      weight: tf.variable(tf.randomNormal([kernel, kernel, wide, narrow], 0, 0.1, 'float32', seed++)),
      bias: tf.variable(tf.randomNormal([narrow], 0, 0.1, 'float32', seed++)),
      stride,
    });
    const encoder = LAYERS.map(([input, output, kernel, stride]) => layer(input, output, kernel, stride));
    const decoder = LAYERS.toReversed().map(([input, output, kernel, stride]) => ({
      ...layer(input, output, kernel, stride),
      bias: tf.variable<tf.Rank.R1>(tf.randomNormal([input], 0, 0.1, 'float32', seed++)),
    }));
    return { encoder, decoder };
  });
  const coefficients = tf.variable(tf.fill([samples, samples], 1e-4));
  const offDiagonal = tf.sub(1, tf.eye(samples));
  const images = modalities.map(() => tf.randomUniform([samples, 32, 32, 1], 0, 1, 'float32', seed++));
  const variables = [
    coefficients,
    ...modalities.flatMap(({ encoder, decoder }) =>
      [...encoder, ...decoder].flatMap((l) => [l.weight, l.bias]),
    ),
  ] as tf.Variable[];
  const optimiser = tf.train.adam(1e-3);

  const encode = (image: tf.Tensor, layers: readonly Layer[]): tf.Tensor4D => {
    let x = image as tf.Tensor4D;
    for (const { weight, bias, stride } of layers) {
      x = tf.relu(tf.add<tf.Tensor4D>(tf.conv2d(x, weight, stride, 'same'), bias));
    }
    return x;
  };
  const decode = (code: tf.Tensor4D, layers: readonly Layer[]): tf.Tensor4D => {
    let x = code;
    for (const { weight, bias, stride } of layers) {
      const [n, height, width] = x.shape;
      const shape: [number, number, number, number] = [n, height * stride, width * stride, weight.shape[2]];
      x = tf.relu(tf.add<tf.Tensor4D>(tf.conv2dTranspose(x, weight, shape, stride, 'same'), bias));
    }
    return x;
  };

  const step: Step = (inputs) => {
    const loss = optimiser.minimize(
      () => {
        const s = tf.mul(coefficients, offDiagonal) as tf.Tensor2D;
        let total: tf.Tensor = s.square().sum();
        for (const [index, { encoder, decoder }] of modalities.entries()) {
          const image = inputs[`image${index}`];
          const code = encode(image!, encoder);
          const z = code.reshape<tf.Tensor2D>([samples, -1]);
          const zHat = tf.matMul(s, z);
          const reconstruction = decode(zHat.reshape(code.shape), decoder);
          total = total.add(reconstruction.sub(image!).square().sum()).add(zHat.sub(z).square().sum());
        }
        return total as tf.Scalar;
      },
      true,
      variables,
    ) as tf.Scalar;
    return { loss };
  };
  return { step, inputs: { image0: images[0]!, image1: images[1]! }, variables };
}
