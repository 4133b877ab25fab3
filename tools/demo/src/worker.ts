import { paired, randomSource, type Paired } from '@crossmodal/core';
import { hog } from '@crossmodal/transforms';
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
// One thread per fit, several fits side by side: two thread pools on the same cores stand in each other's way.
const backend = await useBackend('auto', { threads: 1 });

interface Drawn {
  readonly data: Paired;
  readonly classes: Int32Array;
}
/** The digits of each seed, drawn once for all methods. */
const drawn = new Map<number, Drawn>();

async function draw(seed: number): Promise<Drawn> {
  const { pixels, classes } = await drawDigits(PER_CLASS, randomSource(seed));
  return { data: paired([pixels, hog(pixels, 'HOG')]), classes };
}

process.on('message', ({ seed, contestant }: Task) => {
  void (async () => {
    const { data, classes } = drawn.get(seed) ?? (await draw(seed));
    drawn.set(seed, { data, classes });
    const run = await compete(CONTESTANTS[contestant]!, data, classes, seed, (text) =>
      report({ kind: 'progress', text }),
    );
    report({ kind: 'done', run });
  })();
});
process.on('disconnect', () => process.exit());
const entrants = CONTESTANTS.map(({ name, sees, ours }) => ({ name, sees, ours }));
report({ kind: 'ready', backend: backend.name, entrants });
