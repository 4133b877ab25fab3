import { randomSource } from '@crossmodal/core';
import { gaussianBlobs, latentClusters } from '@crossmodal/datasets';
import type { PlantedData } from '@crossmodal/testing';

const n = 200;
const clusters = 4;

/** Data of both generators, in which each of two modalities tells the clusters by itself: half of it to fit, half to predict. */
export const plantedData: readonly PlantedData[] = [
  {
    name: 'gaussianBlobs',
    rates: [0.05, 0.5],
    drawn: gaussianBlobs({
      n,
      clusters,
      modalities: [
        { dimension: 20, separation: 9 },
        { dimension: 40, separation: 9 },
      ],
      random: randomSource(3),
    }),
  },
  {
    name: 'latentClusters',
    rates: [0.5, 0.1],
    drawn: latentClusters({
      n,
      clusters,
      separation: 8,
      modalities: [{ dimension: 20 }, { dimension: 40 }],
      random: randomSource(3),
    }),
  },
].map(({ name, rates, drawn: { data, labels } }) => ({ name, rates, data, truth: labels, clusters }));
