import { paired, randomSource } from '@crossmodal/core';
import { hog } from '@crossmodal/data';
import { tf, useBackend } from '@crossmodal/tensors';
import { compete } from './contest.js';
import { CONTESTANTS } from './contestants.js';
import { drawDigits, PER_CLASS } from './draw-digits.js';
import type { Report, Task } from './side-by-side.js';

const report = (message: Report): void => {
  process.send!(message);
};

// Keeps TensorFlow.js from advertising its other packages.
tf.enableProdMode();
// One thread a fit, several fits side by side: two thread pools on the same cores stand in each other's way.
const backend = await useBackend('auto', { threads: 1 });

let drawn: { readonly seed: number; readonly data: ReturnType<typeof draw> } | undefined;
async function draw(seed: number) {
  const { pixels, classes } = await drawDigits(PER_CLASS, randomSource(seed));
  return { data: paired([pixels, hog(pixels, 'HOG')]), classes };
}

process.on('message', ({ seed, contestant }: Task) => {
  void (async () => {
    if (drawn?.seed !== seed) drawn = { seed, data: draw(seed) };
    const { data, classes } = await drawn.data;
    const run = await compete(CONTESTANTS[contestant]!, data, classes, seed, (text) =>
      report({ kind: 'say', text }),
    );
    report({ kind: 'done', contestant, run });
  })();
});
process.on('disconnect', () => process.exit());
report({ kind: 'ready', backend: backend.name });
