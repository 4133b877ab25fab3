import type { MultiModalData } from '@crossmodal/core';
import { unequalGroups } from '../assumptions/unequal-groups.js';
import type { Warning } from '../warnings.js';
import type { FindMethod, MethodModule } from './method-module.js';

/** A method that comes with the command. */
export interface BuiltIn {
  /** Half a line for the help. */
  readonly summary: string;
  /** How the rows of several modalities belong together. */
  readonly data: MultiModalData['kind'];
  /** Presets beside the default. */
  readonly presets: readonly string[];
  /** What data lie outside of what the method assumes, before it starts. */
  assumptions?(data: MultiModalData, clusters: number): readonly Warning[];
  /** Loads its package; `find` gives the methods that it is made of, where it is made of others. */
  load(find: FindMethod): Promise<MethodModule>;
}

/** Every method of the command, by name; packages are loaded when they are used. */
export const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  'cmsc-dcca': {
    summary: 'deep canonical correlation and self-expression of convolutional autoencoders',
    data: 'paired',
    presets: ['paper'],
    assumptions: unequalGroups,
    load: () => import('@crossmodal/cmsc-dcca'),
  },
  consensus: {
    summary: 'what several methods and seeds agree on, weighed by their agreement; memberships',
    data: 'paired',
    presets: [],
    assumptions: unequalGroups,
    async load(find) {
      const [{ consensusMethod }, { memberMethods }] = await Promise.all([
        import('@crossmodal/consensus'),
        import('./member-methods.js'),
      ]);
      return { method: consensusMethod(memberMethods(find)) };
    },
  },
  dm2c: {
    summary: 'mixed data, each row of a modality another object: maps between latent spaces, k-means',
    data: 'mixed',
    presets: ['paper'],
    load: () => import('@crossmodal/dm2c'),
  },
  dmim: {
    summary: 'mutual information between assignments of a shared encoder, overclustering; memberships',
    data: 'paired',
    presets: ['paper'],
    load: () => import('@crossmodal/dmim'),
  },
  dmsc: {
    summary: 'deep multimodal subspace clustering: autoencoders and self-expression',
    data: 'paired',
    presets: ['paper'],
    assumptions: unequalGroups,
    load: () => import('@crossmodal/dmsc'),
  },
  eamc: {
    summary: 'adversarial alignment, attention over modalities, divergence-based clustering; minibatches',
    data: 'paired',
    presets: ['paper'],
    load: () => import('@crossmodal/eamc'),
  },
  exact: {
    summary: 'closed-form self-expression, no network, seconds',
    data: 'paired',
    presets: [],
    assumptions: unequalGroups,
    load: () => import('@crossmodal/exact'),
  },
};
