import { parseArgs } from 'node:util';
import { randomSource } from '@crossmodal/core';
import {
  exactSelfExpression,
  gaussianLift,
  gradientSelfExpression,
  gramMatrix,
  jointGram,
} from '@crossmodal/self-expressive';
import { readValues, seededNormal, tf, useBackend, type BackendName } from '@crossmodal/tensors';
import { median } from '../median.js';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '1440' },
    ridge: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    tolerance: { type: 'string', default: '1e-5' },
    backend: { type: 'string', default: 'auto' },
  },
});
const n = Number(values.n);
const ridge = Number(values.ridge);
const tolerance = Number(values.tolerance);
const clusters = 20;
const dimension = 64;

const { name: backend } = await useBackend(values.backend as BackendName | 'auto');
const random = randomSource(1);

// Two modalities of noisy points around 20 directions, lifted and summed as the default method does.
function modality(): tf.Tensor2D {
  return tf.tidy(() => {
    const centres = seededNormal([clusters, dimension], random);
    const noise = seededNormal([n, dimension], random);
    const owners = tf.tensor1d(
      Int32Array.from({ length: n }, (_, i) => i % clusters),
      'int32',
    );
    const points = tf.add(tf.gather(centres, owners), tf.mul(noise, 0.7)) as tf.Tensor2D;
    return gaussianLift(gramMatrix(tf.div(points, tf.norm(points, 2, 1, true))));
  });
}
const gram = tf.tidy(() => jointGram([modality(), modality()]));

const exactSeconds: number[] = [];
const gradientSeconds: number[] = [];
let difference = 0;
let steps = 0;
let distance = 0;
exactSelfExpression(gram, { ridge }).dispose();
for (let round = 0; round < Number(values.rounds); round++) {
  let start = performance.now();
  const exact = exactSelfExpression(gram, { ridge });
  exactSeconds.push((performance.now() - start) / 1000);
  start = performance.now();
  const gradient = gradientSelfExpression(gram, { ridge, tolerance });
  gradientSeconds.push((performance.now() - start) / 1000);
  ({ steps, distance } = gradient);
  difference = readValues(() => tf.max(tf.abs(tf.sub(exact, gradient.coefficients))))[0]!;
  tf.dispose([exact, gradient.coefficients]);
}

const ratio = median(gradientSeconds) / median(exactSeconds);
console.log(`backend ${backend}, n = ${n}, ridge ${ridge}, median of ${values.rounds} alternated rounds`);
console.log(`exact     ${median(exactSeconds).toFixed(3)} s`);
console.log(
  `gradient  ${median(gradientSeconds).toFixed(3)} s, ${steps} steps, rows within ${distance.toExponential(1)} of the minimiser`,
);
console.log(`largest difference ${difference.toExponential(1)}; exact is ${ratio.toFixed(0)} times faster`);
